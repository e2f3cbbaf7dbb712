package org.jmail.base.table;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A compiled pattern (docs/adr/0010).
///
/// @param longest whether the longest of the leftmost matches is wanted, as POSIX has it, rather
///   than the first one found
record Expression(Pattern pattern, boolean longest) {

  /// Whether the pattern is found in a key.
  ///
  /// @throws TableException when the search takes too long
  boolean isIn(String key) throws TableException {
    return search(key, false).isPresent();
  }

  /// Where the pattern and its groups are in a key.
  Optional<MatchResult> find(String key) throws TableException {
    return search(key, longest);
  }

  int groups() {
    return pattern.matcher("").groupCount();
  }

  private Optional<MatchResult> search(String key, boolean wantLongest) throws TableException {
    try {
      Matcher matcher = pattern.matcher(new BoundedText(key));
      if (!matcher.find()) {
        return Optional.empty();
      }
      MatchResult first = matcher.toMatchResult();
      return Optional.of(wantLongest ? longer(matcher, first, key.length()) : first);
    } catch (BoundedText.LimitException e) {
      throw new TableException("backtracking limit exceeded", e);
    } catch (StackOverflowError e) {
      throw new TableException("pattern nests too deeply for this text", e);
    }
  }

  /// The longest match with the same beginning. Anchors and boundaries still see the whole text.
  private static MatchResult longer(Matcher matcher, MatchResult first, int length) {
    matcher.useAnchoringBounds(false).useTransparentBounds(true);
    for (int end = length; end > first.end(); end--) {
      if (matcher.region(first.start(), end).matches()) {
        return matcher.toMatchResult();
      }
    }
    return first;
  }
}
