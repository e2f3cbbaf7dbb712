package org.jmail.base.ipc;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient.Notify;

/// What enum constants are on the wire: their place in these lists. To append is compatible; to
/// reorder is a new [Frame#VERSION].
final class Codes {

  static final List<BodyType> BODY =
      List.of(BodyType.UNSPECIFIED, BodyType.SEVEN_BIT, BodyType.EIGHT_BIT_MIME);

  static final List<DsnOptions.Ret> RET =
      List.of(DsnOptions.Ret.UNSPECIFIED, DsnOptions.Ret.FULL, DsnOptions.Ret.HEADERS);

  static final List<DsnOptions.Trace> TRACE =
      List.of(DsnOptions.Trace.NONE, DsnOptions.Trace.RECORD, DsnOptions.Trace.VERIFY);

  private static final List<Notify> NOTIFY =
      List.of(Notify.NEVER, Notify.SUCCESS, Notify.FAILURE, Notify.DELAY);

  /// How many sets of wishes there are.
  static final int NOTIFY_SETS = 1 << NOTIFY.size();

  private Codes() {}

  /// One bit a wish.
  static int of(Set<Notify> wishes) {
    int bits = 0;
    for (Notify wish : wishes) {
      bits |= 1 << NOTIFY.indexOf(wish);
    }
    return bits;
  }

  static Set<Notify> wishes(int bits) {
    Set<Notify> wishes = EnumSet.noneOf(Notify.class);
    for (Notify wish : NOTIFY) {
      if ((bits & 1 << NOTIFY.indexOf(wish)) != 0) {
        wishes.add(wish);
      }
    }
    return wishes;
  }
}
