package org.jmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;
import org.junit.jupiter.api.Test;

/// The rules of the house that a machine can hold. BoundariesTest holds the arrows between parts.
final class HouseTest {

  private static final Path BASE = Path.of(System.getProperty("jmail.basedir", "."));
  private static final Path MAIN = BASE.resolve("src/main/java");
  private static final Path TEST = BASE.resolve("src/test/java");
  private static final Path SERVICES = BASE.resolve("src/main/resources/META-INF/services");

  /// Past this a class has two subjects; it is reported. Past the second number it is an error.
  private static final int LONG_CLASS = 300;

  private static final int TOO_LONG_CLASS = 500;

  @Test
  void everyPackageSaysWhatItOwnsAndForbidsNulls() {
    List<String> bad = new ArrayList<>();
    sources(MAIN)
        .map(Path::getParent)
        .distinct()
        .forEach(folder -> {
          Path info = folder.resolve("package-info.java");
          if (!Files.exists(info)) {
            bad.add(folder + ": no package-info.java");
          } else if (!text(info).contains("@NullMarked\npackage ")) {
            bad.add(info + ": not @NullMarked");
          } else if (!text(info).startsWith("///")) {
            bad.add(info + ": does not say what the package owns");
          }
        });
    assertNone(bad);
  }

  @Test
  void noFileNamesTheMachineItWasWrittenOn() throws IOException {
    Path base = BASE.toRealPath();
    List<String> paths = new ArrayList<>(List.of(base + "/", System.getProperty("java.home")));
    paths.add("/" + "work/");
    paths.add(System.getProperty("user.home") + "/.m2");
    List<String> bad = new ArrayList<>();
    projectFiles()
        .forEach(file -> {
          String text = text(file);
          paths.stream()
              .filter(text::contains)
              .forEach(path -> bad.add(base.relativize(file) + " names " + path));
        });
    assertNone(bad);
  }

  @Test
  void serviceFilesAreSortedAndComplete() {
    JavaClasses classes = mainClasses();
    List<String> bad = new ArrayList<>();
    for (Path file : Files.exists(SERVICES) ? files(SERVICES) : List.<Path>of()) {
      String service = file.getFileName().toString();
      List<String> listed =
          text(file).lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
      if (!listed.equals(List.copyOf(new TreeSet<>(listed)))) {
        bad.add(service + ": not sorted, or a line twice");
      }
      Set<String> present =
          classes.stream()
              .filter(c -> c.isAssignableTo(service) && !c.getName().equals(service))
              .filter(c -> !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
              .filter(c -> c.isTopLevelClass() || c.isMemberClass())
              .map(JavaClass::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!present.equals(Set.copyOf(listed))) {
        bad.add(service + ": lists " + listed + " but there are " + present);
      }
    }
    assertNone(bad);
  }

  @Test
  void everyParameterIsRegisteredOnceAndDocumented() throws ReflectiveOperationException {
    Map<String, Parameter<?>> registered = new HashMap<>();
    List<String> bad = new ArrayList<>();
    for (ParameterSet set : ServiceLoader.load(ParameterSet.class)) {
      for (Parameter<?> parameter : set.parameters()) {
        Parameter<?> before = registered.put(parameter.name(), parameter);
        if (before != null) {
          bad.add(parameter.name() + ": declared twice");
        }
        if (!parameter.name().matches("[A-Za-z0-9_]+")) {
          bad.add(parameter.name() + ": not a parameter's name");
        }
        String prose = parameter.documentation().strip();
        if (prose.length() < 20 || !prose.endsWith(".")) {
          bad.add(parameter.name() + ": its documentation is no sentence: " + prose);
        }
      }
    }
    for (JavaClass type : mainClasses()) {
      for (Field field : type.reflect().getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == Parameter.class) {
          field.setAccessible(true);
          Parameter<?> parameter = (Parameter<?>) field.get(null);
          if (!parameter.equals(registered.get(parameter.name()))) {
            bad.add(type.getName() + "." + field.getName() + ": in no ParameterSet");
          }
        }
      }
    }
    assertNone(bad);
  }

  @Test
  void everyCommandHasAManualPage() throws IOException {
    List<String> bad = new ArrayList<>();
    Set<String> pages = new TreeSet<>();
    if (Files.isDirectory(BASE.resolve("man"))) {
      try (Stream<Path> files = Files.walk(BASE.resolve("man"))) {
        files
            .filter(Files::isRegularFile)
            .forEach(f -> pages.add(f.getFileName().toString().replaceFirst("\\.\\d$", "")));
      }
    }
    for (String command : commands()) {
      if (!pages.contains(command)) {
        bad.add(command + ": no man/" + command + ".1, .5 or .8");
      }
    }
    assertNone(bad);
  }

  @Test
  void everyPathInTheArchitecturesTableExists() {
    String table = text(BASE.resolve("ARCHITECTURE.md")).split("## Where is …\\?", 2)[1];
    List<String> bad = new ArrayList<>();
    int paths = 0;
    for (String row : table.lines().filter(l -> l.startsWith("| ") && l.contains("`")).toList()) {
      Matcher path = Pattern.compile("`([^`]+)`").matcher(row.split("\\|", -1)[2]);
      while (path.find()) {
        paths++;
        if (!Files.exists(BASE.resolve(path.group(1)))) {
          bad.add("ARCHITECTURE.md names " + path.group(1) + ", which does not exist");
        }
      }
    }
    assertNone(bad);
    assertTrue(paths > 15, "the table has lost its rows");
  }

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() {
    List<String> bad = new ArrayList<>();
    projectFiles()
        .filter(f -> f.toString().endsWith(".md"))
        .forEach(document -> {
          Matcher link = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)").matcher(text(document));
          while (link.find()) {
            String target = link.group(1);
            if (!target.contains("://")
                && !Files.exists(document.resolveSibling(target).normalize())) {
              bad.add(document + " links to " + target);
            }
          }
        });
    assertNone(bad);
  }

  @Test
  void everyDecisionIsInTheIndex() throws IOException {
    String index = text(BASE.resolve("docs/adr/README.md"));
    List<String> bad = new ArrayList<>();
    try (Stream<Path> pages = Files.list(BASE.resolve("docs/adr"))) {
      pages
          .map(p -> p.getFileName().toString())
          .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")"))
          .forEach(name -> bad.add(name + " is not in docs/adr/README.md"));
    }
    assertNone(bad);
  }

  @Test
  void testsNeitherSleepNorSkip() {
    Pattern forbidden =
        Pattern.compile(
            "Thread\\.sle" + "ep|@Dis" + "abled|\\bassu" + "me(True|False|That)?\\(|moc" + "kito");
    List<String> bad = new ArrayList<>();
    sources(TEST)
        .forEach(file -> {
          Matcher found = forbidden.matcher(text(file));
          if (found.find()) {
            bad.add(file + ": " + found.group());
          }
        });
    assertNone(bad);
  }

  @Test
  void noClassIsALongOne() {
    List<String> tooLong = new ArrayList<>();
    sources(MAIN)
        .forEach(file -> {
          long lines = text(file).lines().count();
          if (lines > LONG_CLASS) {
            System.out.println("house: " + lines + " lines: " + MAIN.relativize(file));
          }
          if (lines > TOO_LONG_CLASS) {
            tooLong.add(file + ": " + lines + " lines; two subjects?");
          }
        });
    assertNone(tooLong);
  }

  @Test
  void everyClassSaysWhatItIs() {
    List<String> bad = new ArrayList<>();
    Pattern undocumented =
        Pattern.compile(
            "(?m)(?<doc>^///.*\\n(?:@.*\\n)*)?^public (?:\\w+ |non-)*(?:class|record|interface|enum)"
                + " (?<name>\\w+)");
    sources(MAIN)
        .forEach(file -> {
          Matcher type = undocumented.matcher(text(file));
          if (type.find() && type.group("doc") == null) {
            bad.add(MAIN.relativize(file) + ": public, and no Javadoc");
          }
        });
    assertNone(bad);
  }

  @Test
  void continuousIntegrationCallsMakeCheckAndNothingElse() {
    String script = text(BASE.resolve(".ci/run"));
    assertTrue(script.endsWith("exec make check </dev/null\n"), script);
    assertEquals(1, script.split("make check <", -1).length - 1);
    assertTrue(Files.isExecutable(BASE.resolve(".ci/run")));
  }

  /// The names in the command table.
  private static Set<String> commands() {
    String source = text(MAIN.resolve("org/jmail/command/Main.java"));
    Set<String> names = new TreeSet<>();
    Matcher line = Pattern.compile("case ((?:\"[^\"]+\"(?:,\\s*)?)+)\\s*->").matcher(source);
    while (line.find()) {
      Matcher name = Pattern.compile("\"([^\"]+)\"").matcher(line.group(1));
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  private static JavaClasses mainClasses() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests())
        .importPackages("org.jmail");
  }

  private static Stream<Path> sources(Path root) {
    return files(root).stream().filter(f -> f.toString().endsWith(".java"));
  }

  private static Stream<Path> projectFiles() {
    Path target = BASE.resolve("target");
    Path git = BASE.resolve(".git");
    Path licence = BASE.resolve("LICENSE");
    return files(BASE).stream()
        .filter(f -> !f.startsWith(target) && !f.startsWith(git) && !f.equals(licence));
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNone(List<String> bad) {
    if (!bad.isEmpty()) {
      fail(String.join("\n", bad));
    }
  }
}
