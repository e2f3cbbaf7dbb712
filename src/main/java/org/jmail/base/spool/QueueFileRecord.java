package org.jmail.base.spool;

/// One record of a message as postcat shows it, in the order and with the types of a Postfix queue
/// file (rec_type.h).
///
/// @param type the letter that stands for it
/// @param text its octets
public record QueueFileRecord(char type, String text) {

  /// How many octets it takes in a queue file: type, length in groups of seven bits, text.
  public int fileSize() {
    int size = 2 + text.length();
    for (int rest = text.length() >> 7; rest > 0; rest >>= 7) {
      size++;
    }
    return size;
  }
}
