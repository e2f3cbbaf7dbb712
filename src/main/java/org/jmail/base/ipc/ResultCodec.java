package org.jmail.base.ipc;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.DeliveryResult.Expanded;
import org.jmail.base.dsn.DeliveryResult.Member;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.message.Recipient;

/// The RESULT frame, and what precedes it: NEXT frames when the result is an expansion, MEMBER
/// frames when it says what the recipient came to.
final class ResultCodec {

  private static final int TEXT_LIMIT = 32 * 1024;

  private ResultCodec() {}

  /// What RESULT says of the recipient at `index` of the request.
  record Numbered(int index, DeliveryResult result) {}

  /// The frames for one recipient's result.
  static List<Frame> encode(int id, int index, DeliveryResult result) throws FrameException {
    List<Frame> frames = new ArrayList<>();
    for (Member member : result.members()) {
      FieldWriter fields = new FieldWriter().recipient(member.recipient());
      frames.add(why(fields, member.why()).text(member.reportTo()).frame(FrameKind.MEMBER, id));
    }
    FieldWriter fields = new FieldWriter().number(index);
    switch (result) {
      case Delivered delivered -> why(fields.octet(delivered.relayed() ? 4 : 0), delivered.why());
      case Deferred deferred -> why(fields.octet(1), deferred.why());
      case Bounced bounced -> why(fields.octet(2), bounced.why());
      case Expanded expanded -> {
        for (Recipient next : expanded.next()) {
          frames.add(new FieldWriter().recipient(next).frame(FrameKind.NEXT, id));
        }
        why(fields.octet(3), expanded.why())
            .text(expanded.sender().toString())
            .text(expanded.deliveredTo());
      }
    }
    frames.add(fields.frame(FrameKind.RESULT, id));
    return frames;
  }

  /// A MEMBER frame.
  static Member decodeMember(Frame frame) throws FrameException {
    FieldReader fields = new FieldReader(frame);
    Member member = new Member(fields.recipient(), why(fields), fields.text());
    fields.end();
    return member;
  }

  /// @param next what the NEXT frames since the last RESULT said
  /// @param members what the MEMBER frames since then said
  static Numbered decode(Frame frame, List<Recipient> next, List<Member> members)
      throws FrameException {
    FieldReader fields = new FieldReader(frame);
    int index = fields.number();
    int kind = fields.constant(5);
    Diagnosis why = why(fields);
    if ((kind == 3) == next.isEmpty()) {
      throw new FrameException("an expansion needs recipients, and nothing else has them");
    }
    DeliveryResult result =
        switch (kind) {
          case 0 -> new Delivered(why, members);
          case 1 -> new Deferred(why, members);
          case 2 -> new Bounced(why, members);
          case 4 -> new Delivered(why, members, true);
          default ->
              new Expanded(next, ReversePath.parse(fields.text()), fields.text(), why, members);
        };
    fields.end();
    return new Numbered(index, result);
  }

  private static FieldWriter why(FieldWriter fields, Diagnosis why) {
    return fields
        .octet(why.code().type().digit())
        .number(why.code().subject())
        .number(why.code().detail())
        .text(cut(why.text()))
        .text(cut(why.diagnosticType()))
        .text(cut(why.diagnosticText()));
  }

  private static Diagnosis why(FieldReader fields) throws FrameException {
    StatusClass type =
        switch (fields.octet()) {
          case 2 -> StatusClass.SUCCESS;
          case 4 -> StatusClass.PERSISTENT_TRANSIENT;
          case 5 -> StatusClass.PERMANENT;
          default -> throw new FrameException("no such class of status");
        };
    int subject = fields.number();
    int detail = fields.number();
    if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
      throw new FrameException("status code out of range");
    }
    StatusCode code = new StatusCode(type, subject, detail);
    return new Diagnosis(code, fields.text(), fields.text(), fields.text());
  }

  /// What a command printed may be long; a log line and a bounce need its beginning.
  private static String cut(String text) {
    return text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) : text;
  }
}
