package org.jmail.base.ipc;

import java.time.Instant;
import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.Content;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;

/// The BEGIN frame: a [DeliveryRequest] without recipients and content.
final class RequestCodec {

  private RequestCodec() {}

  /// What BEGIN says; `contentSize` octets of content will follow.
  record Opening(
      String service,
      String nexthop,
      String queueId,
      Envelope envelope,
      Origin origin,
      long contentSize,
      Instant arrival,
      Instant activeSince) {

    DeliveryRequest complete(List<Recipient> recipients, Content content) {
      return new DeliveryRequest(
          service,
          nexthop,
          queueId,
          envelope.withRecipients(recipients),
          origin,
          content,
          arrival,
          activeSince);
    }
  }

  static Frame encode(int id, DeliveryRequest request) throws FrameException {
    Envelope envelope = request.envelope();
    Origin origin = request.origin();
    return new FieldWriter()
        .text(request.service())
        .text(request.nexthop())
        .text(request.queueId())
        .text(envelope.sender().toString())
        .octet(Codes.BODY.indexOf(envelope.body()))
        .flag(envelope.smtpUtf8())
        .octet(Codes.RET.indexOf(envelope.dsn().ret()))
        .text(envelope.dsn().envid())
        .octet(Codes.TRACE.indexOf(envelope.dsn().trace()))
        .text(envelope.dsn().verp())
        .text(origin.clientName())
        .text(origin.clientAddress())
        .text(origin.clientPort())
        .text(origin.helo())
        .text(origin.protocol())
        .text(origin.saslMethod())
        .text(origin.saslUsername())
        .text(origin.saslSender())
        .number(origin.uid())
        .flag(origin.local())
        .longNumber(request.content().size())
        .instant(request.arrival())
        .instant(request.activeSince())
        .frame(FrameKind.BEGIN, id);
  }

  static Opening decode(Frame frame) throws FrameException {
    FieldReader fields = new FieldReader(frame);
    String service = fields.text();
    String nexthop = fields.text();
    String queueId = fields.text();
    ReversePath sender = ReversePath.parse(fields.text());
    BodyType body = fields.oneOf(Codes.BODY);
    boolean smtpUtf8 = fields.flag();
    DsnOptions.Ret ret = fields.oneOf(Codes.RET);
    DsnOptions dsn = new DsnOptions(ret, fields.text(), fields.oneOf(Codes.TRACE), fields.text());
    Origin origin =
        new Origin(
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.number(),
            fields.flag());
    long contentSize = fields.longNumber();
    if (contentSize < 0) {
      throw new FrameException("content of negative size");
    }
    Instant arrival = fields.instant();
    Instant activeSince = fields.instant();
    fields.end();
    Envelope envelope = new Envelope(sender, List.of(), body, smtpUtf8, dsn);
    return new Opening(
        service, nexthop, queueId, envelope, origin, contentSize, arrival, activeSince);
  }
}
