package org.jmail.delivery.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Actions on signals. The JDK's only way to them is sun.misc.Signal, which the compiler refuses to
/// name under -Werror; hence reflection, here and nowhere else.
final class Signals {

  private Signals() {}

  /// Runs the action on a thread of its own whenever the signal comes.
  ///
  /// @param name without SIG: `TERM`, `HUP`
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation =
          (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
              throw new UnsupportedOperationException(method.getName());
            }
            action.run();
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handler}, invocation);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("this Java cannot handle SIG" + name, e);
    }
  }
}
