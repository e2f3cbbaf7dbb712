package org.jmail.command.postfix;

import java.io.IOException;
import java.util.OptionalLong;
import org.jmail.base.ipc.Control;

/// `postfix status` and `postfix reload`.
final class Running {

  private final Instance instance;
  private final Voice voice;

  Running(Instance instance, Voice voice) {
    this.instance = instance;
    this.voice = voice;
  }

  int status() throws Refusal {
    OptionalLong pid = instance.pid();
    if (pid.isEmpty()) {
      voice.info("the Postfix mail system is not running");
      return 1;
    }
    voice.info("the Postfix mail system is running: PID: " + pid.getAsLong());
    return 0;
  }

  /// The daemon answers after it has taken the new configuration, or says why it has not.
  int reload() throws Refusal {
    if (instance.pid().isEmpty()) {
      throw new Refusal("the Postfix mail system is not running");
    }
    voice.info("refreshing the Postfix mail system");
    String answer;
    try {
      answer = Control.ask(Control.socket(instance.queueDirectory()), Control.RELOAD);
    } catch (IOException e) {
      throw new Refusal("the mail system does not answer: " + e.getMessage(), e);
    }
    if (!answer.equals(Control.OK)) {
      throw new Refusal(answer + " -- the old configuration stays in effect");
    }
    return 0;
  }
}
