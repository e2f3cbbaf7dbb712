package org.jmail.base.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Recipient;

/// Sends the results of requests back over the connection they came by. Safe for use by many
/// threads.
public final class ResultSender {

  private static final int BATCH = 256;

  private final FrameWriter writer;

  public ResultSender(FrameWriter writer) {
    this.writer = writer;
  }

  /// Sends what became of each recipient; a recipient without a result is left out, and counts as
  /// deferred.
  public void send(int id, List<Recipient> recipients, Map<Recipient, DeliveryResult> results)
      throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (int index = 0; index < recipients.size(); index++) {
      DeliveryResult result = results.get(recipients.get(index));
      if (result != null) {
        frames.addAll(ResultCodec.encode(id, index, result));
      }
      if (frames.size() >= BATCH) {
        writer.write(frames);
        frames.clear();
      }
    }
    frames.add(Frame.of(FrameKind.DONE, id));
    writer.write(frames);
  }
}
