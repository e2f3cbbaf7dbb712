package org.jmail.delivery.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.Test;

/// The words of a pipe(8) command.
final class PipeArgumentsTest {

  private static List<String> words(String argv, String sender, String... recipients)
      throws BadValueException {
    List<String> row = new ArrayList<>(List.of("flags=", "user=u"));
    row.addAll(List.of(("argv=" + argv).split(" ", -1)));
    return words(row, sender, recipients);
  }

  private static List<String> words(List<String> row, String sender, String... recipients)
      throws BadValueException {
    List<Recipient> list =
        List.of(recipients).stream()
            .map(a -> Recipient.of(EmailAddress.parse(a).toString()))
            .toList();
    DeliveryRequest request =
        new DeliveryRequest(
            "mypipe",
            "Next.Example",
            "QID",
            Envelope.of(ReversePath.parse(sender), list),
            Origin.submitted(0),
            Content.of("Subject: x\n\n".getBytes(StandardCharsets.ISO_8859_1)),
            Instant.EPOCH,
            Instant.EPOCH);
    AddressExtension extension = new AddressExtension("+", true, "double-bounce");
    return new PipeArguments(PipeAttributes.parse(row), extension, request, sender).expand(list);
  }

  @Test
  void aWordThatNamesTheRecipientIsRepeatedForEach() throws Exception {
    assertEquals(
        List.of("x", "-f", "s@x", "-a=joe@a", "-a=ann@b", "--", "joe", "ann", "12", "QID"),
        words(
            "x -f ${sender} -a=${recipient} -- $user ${size} $queue_id", "s@x", "joe@a", "ann@b"));
  }

  @Test
  void partsOfTheRecipient() throws Exception {
    assertEquals(
        List.of("x", "Joe", "Ext", "Joe+Ext", "A.Example"),
        words("x ${user} ${extension} ${mailbox} ${domain}", "s@x", "Joe+Ext@A.Example"));
  }

  @Test
  void flagsFoldCase() throws Exception {
    assertEquals(
        List.of("x", "joe+ext@a.example", "joe", "next.example"),
        words(
            List.of("flags=hu", "user=u", "argv=x", "$recipient", "$user", "$nexthop"),
            "s@x",
            "Joe+Ext@A.Example"));
  }

  @Test
  void anEmptyPartIsAnEmptyWord() throws Exception {
    assertEquals(List.of("x", "", "y"), words("x ${extension} y", "s@x", "joe@a"));
  }

  /// Whatever a stranger writes into an address stays one word and is not looked at for macros.
  @Test
  void anAddressCanNeitherAddWordsNorMacros() throws Exception {
    String evil = "-oQ/tmp ${sender} $(id) `id`;|@a";
    assertEquals(List.of("x", evil, "y"), words("x ${recipient} y", "s@x", evil));
    assertEquals(
        List.of("x", "a ${recipient}@b"), words("x ${sender}", "a ${recipient}@b", "joe@a"));
  }

  @Test
  void anUnknownMacroIsAMistake() {
    BadValueException e =
        assertThrows(BadValueException.class, () -> words("x ${home}", "s@x", "joe@a"));
    assertEquals("unknown macro name: \"home\"", e.getMessage());
  }
}
