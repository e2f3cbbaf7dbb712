package org.jmail.command.postmap;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Invented tables and keys that go through the rules and corners of each table type.
final class TableCorpus {

  private static final String KEYS =
      """
      a
      A
      b
      c
      user@example.com
      User+ext@Example.COM
      @example.com
      "quoted key"
      "gg\\"hh"
      gg\\ hh
      aa:
      caf\u00c3\u00a9
      CAF\u00c3\u0089
      stra\u00c3\u009fe
      STRASSE
      \u00ce\u00a3\u00ce\u0091\u00ce\u00a3
      bad\u00ff
      x y
      nothing
      """;

  private static final String SOURCE =
      """
      # a comment
      a 1
      b\t two  words\t
      c one,
         two,
      # between

         three
      User@Example.com folded
      @example.com domain
      "quoted key" q
      "gg\\"hh" r
      gg\\ hh s
      a again
      aa: alias?
      lonely
      "unbalanced x
      caf\u00c3\u00a9 accent
      stra\u00c3\u009fe sharp
      \u00ce\u00a3\u00ce\u0091\u00ce\u00a3 sigma
      bad\u00ff line
      bv bad\u00ff
      last without line feed\
      """;

  private static final String WORDS =
      """
      abc
      ABC
      abcd
      aab
      b
      foo.bar
      user@example.com
      user+tag@example.com
      x]y
      x-y
      a^b
      a$b
      a.b
      a\\b
      12345
      tab\there
      Subject: Make MONEY fast
      Received: from x (y [1.2.3.4])
      foobarfoobar
      $5.00
      (paren)
      {brace}
      under_score
      one two three
      aaaa
      \u00e9t\u00e9
      """;

  private TableCorpus() {}

  static Stream<Arguments> tables() {
    List<Arguments> all = new ArrayList<>();
    all.add(Arguments.of("lmdb", SOURCE, KEYS));
    all.add(Arguments.of("lmdb", "", "a\nb\n"));
    all.add(Arguments.of("lmdb", "   \n# only\n  continued without a start\nk v\n", "k\n"));
    all.add(Arguments.of("texthash", SOURCE, KEYS));
    for (String rules : regexps()) {
      all.add(Arguments.of("regexp", rules, WORDS));
    }
    for (String rules : pcres()) {
      all.add(Arguments.of("pcre", rules, WORDS));
    }
    all.add(Arguments.of("cidr", cidr(), addresses()));
    return all.stream();
  }

  private static List<String> regexps() {
    List<String> all = new ArrayList<>();
    for (String pattern :
        List.of(
            "/abc/ plain",
            "/ABC/i case",
            "/^abc$/ whole",
            "!/abc/ not",
            "/abc/!/d$/ abc not d",
            "/^(a+)(b*)$/ [$1][$2]",
            "/(a|ab)(c|bcd)(d*)/ <$1><${2}><$(3)>",
            "/(foo|foobar)(bar)?/ $1-$2",
            "/([^@+]+)\\+([^@]+)@(.*)/ $1 $2 $3",
            "/[]x]/ bracket",
            "/[^]a-z]/ negated",
            "/[[:digit:]]{3,}/ digits",
            "/[[:upper:]][[:upper:]]+/i upper",
            "/[[:space:]]/ space",
            "/[a\\\\]b/ backslash in set",
            "/a\\.b/ dot",
            "/a\\$b/ dollar",
            "/\\$([0-9]+)\\.([0-9]*)/ $$$1,$2",
            "/a{4}/ four",
            "/a{2,3}b/ interval",
            "/(ab?c?)+d/ $1",
            "/^(.*)@(.*)$/ $2 at $1",
            "/(foo|bar)+/ $1",
            "/\\bbar\\b/ boundary",
            "/\\<two\\>/ words",
            "/\\w+_\\w+/ underscore",
            "/(.)\\1\\1/ back $1",
            "/x[-]y/ hyphen",
            "/x[a-]y/ hyphen end",
            "/[.]b/ dot in set",
            "/\\(paren\\)/ escaped",
            "/\\{brace\\}/ brace",
            "/\u00e9t\u00e9/ octets",
            "/^received: from .*\\[([0-9.]+)\\]/ $1",
            "/make money/ MONEY",
            "#abc# other delimiter",
            "/a\\(b\\)c/x basic \\$1",
            "/\\(a*\\)\\(b\\)/x $1+$2",
            "/a+b/x literal plus",
            "/a\\{2\\}b/x basic interval",
            "/^*ab/x star",
            "/b|foo/x literal bar",
            "/abc/ no $9 group",
            "/(abc)/ $1$$1${1}x",
            "/abc/ bad ${",
            "/abc/ bad $x",
            "/abc/z unknown flag",
            "/abc no delimiter",
            "/a(b/ unbalanced",
            "/a)b/ closing",
            "/*a/ star first",
            "/a**/ two stars",
            "/a[b/ open set",
            "/a{2/ open interval",
            "/[[:foo:]]/ class",
            "/(a)(b)/ $3",
            "!/(a)/ $1",
            "/abc/",
            "if /a/\n/b/ a and b\nendif\n/c/ c",
            "if !/a/\n/b/ b without a\nendif",
            "if /a/\nif /b/\n/c/ abc\nendif\n/./ a\nendif\n/./ rest",
            "if /zzz/\n/./ never\n/./ never",
            "endif\n/a/ x",
            "if /a/ extra\n/./ y\nendif trailing",
            "word\n/a/ x",
            "/a/ one\n  continued\n# comment\n  more\n/b/ two")) {
      all.add(pattern + "\n");
    }
    return all;
  }

  private static List<String> pcres() {
    List<String> all = new ArrayList<>();
    for (String pattern :
        List.of(
            "/abc/ plain",
            "/ABC/i case",
            "/^abc$/ whole",
            "!/abc/ not",
            "/^(a+)(b*)$/ [$1][$2]",
            "/(a|ab)(c|bcd)(d*)/ <$1><${2}><$(3)>",
            "/(foo|foobar)(bar)?/ $1-$2",
            "/(?<name>foo)(?P<other>bar)\\k<name>/ $1 $2",
            "/(?P<n>foo)bar(?P=n)/ $1",
            "/(fo+?)/ $1",
            "/(fo+)/U $1",
            "/[]x]/ bracket",
            "/[^]a-z]/ negated",
            "/[\\w.]+@[\\w.]+/ address",
            "/[[:digit:]]{3,}/ digits",
            "/[[:^alpha:]]$/ not alpha",
            "/[\\d]+/ digit escape",
            "/\\d{5}/ five",
            "/a{,2}b/ literal brace",
            "/{brace}/ brace",
            "/\\x61\\x62c/ hex",
            "/\\141bc/ octal",
            "/[\\x61-\\x63]{3}/ hex set",
            "/(?i)FOO(?-i)/ inline flag",
            "/foo(?=bar)/ ahead",
            "/(?<!foo)bar/ behind",
            "/(?<=foo)bar/ behind",
            "/(?>a+)b/ atomic",
            "/a++b/ possessive",
            "/(a)(b)?(z)?/ $1$2$3.",
            "/\\bbar\\b/ boundary",
            "/\\Aabc\\z/ absolute",
            "/abc/A anchored",
            "/bc/A anchored",
            "/a b c/x extended",
            "/one\\ two[ ]three/x extended",
            "/abc # comment\n  /x x",
            "/\\Qa.b\\E/ quoted",
            "/(foo)bar\\1/ back",
            "/(foo)bar\\g1/ back",
            "/(foo)bar\\g{-1}/ back",
            "/\\$(\\d+)\\.(\\d*)/ $$$1,$2",
            "/\\h/ horizontal",
            "/\\N{4}/ N",
            "/a(?#comment)b/ comment",
            "/(?:foo|bar)+/ group",
            "/[a&&b]+$/ amp",
            "/[a[]b/ bracket in set",
            "/x[a-]y/ hyphen",
            "/\\t/ tab",
            "/\u00e9t\u00e9/ octets",
            "/\u00c9t\u00c9/ octets in other case",
            "/[^\\x00-\\x7f]/ high",
            "/abc/E end",
            "/abc/z unknown flag",
            "/abc no delimiter",
            "/(a)(b)/ $3",
            "!/(a)/ $1",
            "/abc/ bad $x",
            "/abc/",
            "if /a/\n/b/ a and b\nendif\n/c/ c",
            "if !/a/\n/b/ b without a\nendif",
            "if /zzz/\n/./ never",
            "endif\n/a/ x",
            "word\n/a/ x")) {
      all.add(pattern + "\n");
    }
    return all;
  }

  private static String cidr() {
    return """
    192.168.1.1 host
    192.168.0.0/16 net
    !10.0.0.0/8 not ten
    10.1.2.3/8 host bits
    10.0.0.0/33 mask
    10.0.0.0/x mask
    1.2.3 short
    010.0.0.1 zero
    [2001:db8::1] six
    [2001:db8::]/32 sixnet
    2001:db8:1::1/48 bits
    ::ffff:1.2.3.4 mapped
    10.9.9.9
    if 10.0.0.0/8
    10.1.0.0/16 inner
    if !10.2.0.0/16
    10.0.0.0/9 low
    endif
    endif
    endif
    [1.2.3.4 open
    [1.2.3.4]x garbage
    0.0.0.0/0 any
    ::/0 any six
    if 1.1.1.1
    1.1.1.1 never
    """;
  }

  private static String addresses() {
    return """
    192.168.1.1
    192.168.77.1
    10.1.2.3
    10.2.0.1
    10.3.0.1
    10.200.0.1
    8.8.8.8
    1.1.1.1
    2001:db8::1
    2001:DB8::2
    2001:db8:0:0:0:0:0:1
    ::1
    ::ffff:1.2.3.4
    ::1.2.3.4
    1.2.3
    1.2.3.4.5
    01.2.3.4
    1.2.3.256
    host.example
    1::2::3
    :::
    12345::
    fe80::1%eth0
    """;
  }

  static Stream<Arguments> inlineTables() {
    String keys = "a\nB\nb c\nd\nz\n";
    return Stream.of(
            "inline:{a=1,B=2}",
            "inline:{a=1 {b c = 3 4} {\"b c\" = 5}, d = 4}",
            "inline:{ { a = x=y } }",
            "inline:{}",
            "inline:{a}",
            "inline:{a=1",
            "inline:a=1",
            "inline:{{a 1}}",
            "inline:{{a=1}x}",
            "static:value",
            "static:{value with spaces}",
            "static:{open",
            "randmap:{only}",
            "randmap:{}",
            "randmap:x",
            "unionmap:{inline:{a=1},inline:{a=2,d=3},static:s}",
            "unionmap:{inline:{a=1} inline:{{d = x, y}}}",
            "unionmap:{}",
            "unionmap:{inline}",
            "unionmap:{inline:{a=1},nosuch:x}",
            "pipemap:{inline:{a=b,d=zz},inline:{b=end}}",
            "pipemap:{inline:{a=b},regexp:{{/(.)/ <$1>}}}",
            "pipemap:{inline:{a=b},static:all}",
            "regexp:{{/^(a|d)$/ got $1}, {/b/ bee}}",
            "pcre:{{/^(?:a|d)$/ got it} {/b/ bee}}",
            "regexp:{/a/ x}",
            "cidr:{{1.2.3.4 a}}",
            "unix:passwd.byname",
            "unix:nosuch",
            "environ:x",
            "fail:x",
            "nosuch:x",
            "texthash:DIR/nosuch",
            "lmdb:DIR/nosuch",
            "regexp:DIR/nosuch",
            "cidr:DIR/nosuch",
            ":x",
            "inline:")
        .map(table -> Arguments.of(table, keys + "root\nROOT\nnobody\n1.2.3.4\nhome\n"));
  }
}
