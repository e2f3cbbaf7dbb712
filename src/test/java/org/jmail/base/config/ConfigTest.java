package org.jmail.base.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTest {
  private static final Parameter<Long> NUMBER =
      Parameter.number("test_limit", "10", 1, 100, "A number.");
  private static final Parameter<Duration> DAYS = Parameter.time("test_time", "5d", "A time.");
  private static final Parameter<Boolean> FLAG = Parameter.bool("test_flag", true, "A flag.");
  private static final Parameter<Long> DEFAULT_LIMIT =
      Parameter.number("default_destination_concurrency_limit", "20", 0, 0, "A limit.");

  @TempDir Path folder;

  private Config load(String main) throws IOException, BadValueException {
    return load(main, "").main();
  }

  private Configuration load(String main, String master) throws IOException, BadValueException {
    Files.writeString(folder.resolve("main.cf"), main, StandardCharsets.ISO_8859_1);
    Files.writeString(folder.resolve("master.cf"), master, StandardCharsets.ISO_8859_1);
    return Configs.load(folder);
  }

  private String problem(String main, Parameter<?> parameter)
      throws IOException, BadValueException {
    Config config = load(main);
    return assertThrows(BadValueException.class, () -> config.get(parameter))
        .getMessage()
        .replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource({
    "7, P7D",
    "2d, P2D",
    "3h, PT3H",
    "90m, PT1H30M",
    "1w, P7D",
    "0, PT0S",
    "4days, P4D",
    "10s, PT10S"
  })
  void bareTimeCountsInTheUnitOfTheDefault(String text, Duration expected) throws Exception {
    assertEquals(expected, load("test_time = " + text + "\n").get(DAYS));
  }

  @Test
  void unitOfADefaultThatIsAnExpressionIsFoundByExpandingIt() throws Exception {
    Parameter<Duration> stress =
        Parameter.time("test_stress_time", "${stress?{10}:{300}}m", "A time.");
    assertEquals(Duration.ofHours(5), load("").get(stress));
    assertEquals(Duration.ofMinutes(7), load("test_stress_time = 7\n").get(stress));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1y", "99999999999", "4000w", "1.5h"})
  void badTimeNamesFileLineAndParameter(String text) throws Exception {
    assertEquals(
        "main.cf, line 2: bad time value or unit (specify a number and s, m, h, d or w): test_time = "
            + text,
        problem("a = b\ntest_time = " + text + "\n", DAYS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ten", "1 0", "10k", "0x10", "99999999999999999999"})
  void badNumberNamesFileLineAndParameter(String text) throws Exception {
    assertEquals(
        "main.cf, line 1: bad numerical configuration (specify a whole number): test_limit = "
            + text,
        problem("test_limit = " + text + "\n", NUMBER));
  }

  @Test
  void numberOutsideItsBoundsIsRefused() throws Exception {
    assertEquals(
        "main.cf, line 1: invalid parameter value 0 < 1: test_limit = 0",
        problem("test_limit = 0\n", NUMBER));
    assertEquals(
        "main.cf, line 1: invalid parameter value 101 > 100: test_limit = 101",
        problem("test_limit = 101\n", NUMBER));
    assertEquals(100, load("test_limit = 100\n").get(NUMBER));
  }

  @Test
  void yesAndNoAreReadInAnyCaseAndNothingElseIs() throws Exception {
    assertEquals(true, load("test_flag = YES\n").get(FLAG));
    assertEquals(false, load("test_flag = No\n").get(FLAG));
    assertEquals(
        "main.cf, line 1: bad boolean configuration (specify yes or no): test_flag = true",
        problem("test_flag = true\n", FLAG));
  }

  @Test
  void aRelativeQueueFolderIsRefused() throws Exception {
    assertEquals(
        "main.cf, line 1: bad folder (specify a path that starts with /):"
            + " queue_directory = spool/mail",
        problem("queue_directory = spool/mail\n", BaseParameters.QUEUE_DIRECTORY));
  }

  @Test
  void loopIsOneLineThatNamesFileLineParameterAndTheWayRound() throws Exception {
    assertEquals(
        "main.cf, line 2: parameter myorigin: unreasonable macro call nesting: \"bar\""
            + " (loop: bar -> foo -> bar)",
        problem("foo = $bar\nmyorigin = $foo\nbar = x$foo\n", BaseParameters.MYORIGIN));
  }

  @Test
  void laterSettingWinsAndTheWarningNamesItsLine() throws Exception {
    Configuration configuration = load("myorigin = a\n\nmyorigin = b\nmyorigin = b\n", "");
    assertEquals("b", configuration.main().get(BaseParameters.MYORIGIN));
    assertEquals(
        List.of(folder + "/main.cf, line 3: overriding earlier entry: myorigin=a"),
        configuration.warnings());
  }

  @Test
  void lineWithoutEqualsSignIsFatalAndShowsTheLine() {
    assertEquals(
        "main.cf, line 2: missing '=' after attribute name: \"myorigin b\"; write it as name = value",
        assertThrows(BadValueException.class, () -> MainCf.parse("main.cf", "#\nmyorigin b\n"))
            .getMessage());
  }

  @Test
  void missingMainCfIsNamed() {
    assertEquals(
        "open " + folder + "/main.cf: No such file or directory",
        assertThrows(BadValueException.class, () -> Configs.main(folder)).getMessage());
  }

  @Test
  void settingsOfAServiceOverrideMainCfForThatServiceOnly() throws Exception {
    Configuration configuration =
        load(
            "myorigin = main\nsyslog_name = post\n",
            """
            smtp inet n - n - - smtpd -o myorigin=own -o { syslog_name = post/$service_name }
            smtp unix - - n - - smtp
            """);
    Config service = configuration.forService("inet", "smtp");
    assertEquals("own", service.get(BaseParameters.MYORIGIN));
    assertEquals(Optional.of("post/smtp"), service.lookup("syslog_name"));
    assertEquals(Optional.of("smtpd"), service.lookup("process_name"));
    assertEquals("main", configuration.forService("unix", "smtp").get(BaseParameters.MYORIGIN));
    assertEquals("main", configuration.forService("nosuch").get(BaseParameters.MYORIGIN));
  }

  @Test
  void badValueOfAServiceNamesMasterCf() throws Exception {
    Config service =
        load("", "#\npickup unix n - n 60 1 pickup\n  -o test_limit=many\n").forService("pickup");
    assertEquals(
        folder
            + "/master.cf, line 2: bad numerical configuration (specify a whole number):"
            + " test_limit = many",
        assertThrows(BadValueException.class, () -> service.get(NUMBER)).getMessage());
  }

  @Test
  void transportWithoutOwnSettingHasTheDefaultOfAll() throws Exception {
    Config config =
        load(
            """
            default_destination_concurrency_limit = 7
            slow_destination_concurrency_limit = 1
            """);
    assertEquals(7, config.getFor("relay", DEFAULT_LIMIT));
    assertEquals(1, config.getFor("slow", DEFAULT_LIMIT));
    // local has a built-in limit of its own.
    assertEquals(2, config.getFor("local", DEFAULT_LIMIT));
  }

  @Test
  void hostNameWithoutADotGetsTheDomain() {
    Config config = TestConfig.of("mydomain", "example.org");
    assertTrue(
        assertNotThrown(() -> config.get(BaseParameters.MYHOSTNAME)).contains("."),
        "a host name has a dot");
    Config named = TestConfig.of("myhostname", "mx.example.org");
    assertEquals("example.org", assertNotThrown(() -> named.get(BaseParameters.MYDOMAIN)));
    assertEquals(
        List.of("mx.example.org", "localhost.example.org", "localhost"),
        assertNotThrown(() -> named.get(BaseParameters.MYDESTINATION)));
    assertEquals(
        "localdomain",
        assertNotThrown(() -> TestConfig.of("myhostname", "mx").get(BaseParameters.MYDOMAIN)));
  }

  private interface Value<T> {
    T get() throws BadValueException;
  }

  private static <T> T assertNotThrown(Value<T> value) {
    try {
      return value.get();
    } catch (BadValueException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesOfTheProcessCannotBeSet() throws Exception {
    Config config = load("process_name = x\nsyslog_name = $process_name\n");
    assertEquals(Optional.of("master"), config.lookup("syslog_name"));
  }

  @Test
  void wordsInBracesStayTogether() throws Exception {
    Parameter<List<String>> list = Parameter.list("test_list", "", "Words.");
    assertEquals(
        List.of("a", "inline:{b=c, {d = e f}}", "g}", "h"),
        load("test_list = a inline:{b=c, {d = e f}}, g},h,\n").get(list));
  }

  @Test
  void configurationIsFoundByOptionThenEnvironmentThenDefault() {
    Map<String, String> environment = Map.of("MAIL_CONFIG", "/e");
    assertEquals(Path.of("/c"), ConfigLocation.find(Optional.of("/c"), environment));
    assertEquals(Path.of("/e"), ConfigLocation.find(Optional.empty(), environment));
    assertEquals(Path.of("/etc/postfix"), ConfigLocation.find(Optional.empty(), Map.of()));
  }
}
