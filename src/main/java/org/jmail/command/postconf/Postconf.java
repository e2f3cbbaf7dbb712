package org.jmail.command.postconf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.config.LogicalLine;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.NameValue;
import org.jmail.base.config.Setting;
import org.jmail.base.notice.NoticeParameters;
import org.jmail.base.notice.Notices;
import org.jmail.base.wire.AtomicFile;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// `postconf`: shows and edits the configuration. Postfix counterpart: postconf.c.
public final class Postconf implements Command {

  @Override
  public int run(Invocation invocation) {
    Output output = new Output(invocation.name(), invocation.out(), invocation.err());
    try {
      Arguments arguments = Arguments.parse(invocation.arguments());
      Path directory = ConfigLocation.find(arguments.directory(), invocation.environment());
      boolean chosen =
          arguments.directory().isPresent()
              || invocation.environment().containsKey(ConfigLocation.ENVIRONMENT);
      new Run(arguments, directory, chosen, output).run();
      output.flush();
      return 0;
    } catch (BadValueException e) {
      String message = e.getMessage();
      if (!message.isEmpty()) {
        output.fatal(message);
      }
      return 1;
    }
  }

  /// One call.
  ///
  /// @param chosen whether the folder is not simply the default
  private record Run(Arguments arguments, Path directory, boolean chosen, Output output) {

    void run() throws BadValueException {
      if (arguments.hasAny(EnumSet.of(Option.EXPAND_TEMPLATES, Option.DUMP_TEMPLATES))) {
        showTemplates();
      } else if (arguments.has(Option.SHOW_MAPS)) {
        new Capabilities(output).showMaps();
      } else if (arguments.has(Option.SHOW_LOCKS)) {
        new Capabilities(output).showLocks();
      } else if (arguments.has(Option.SHOW_TLS)) {
        new Capabilities(output).showTls(arguments.tlsMode());
      } else if (arguments.hasAny(EnumSet.of(Option.SHOW_SASL_SERVER, Option.SHOW_SASL_CLIENT))) {
        return; // no SASL plug-in is built in yet: an empty list, as Postfix without SASL prints
      } else if (arguments.hasAny(Option.EDITS)) {
        edit();
      } else if (arguments.hasAny(Option.MASTER)) {
        showMaster();
      } else {
        showMain();
      }
    }

    /// Those of a file named, of none when the name is empty, else of bounce_template_file.
    private void showTemplates() throws BadValueException {
      Config config = Configs.main(directory, "postconf", arguments.overrides());
      String file =
          arguments.names().isEmpty()
              ? config.get(NoticeParameters.BOUNCE_TEMPLATE_FILE)
              : arguments.names().getFirst();
      Notices notices = Notices.of(config, file, output::warning);
      output.print(arguments.has(Option.EXPAND_TEMPLATES) ? notices.expanded() : notices.source());
    }

    private void edit() throws BadValueException {
      if (arguments.names().isEmpty()) {
        throw new BadValueException("missing service argument");
      }
      if (arguments.hasAny(Option.MASTER)) {
        Path file = directory.resolve("master.cf");
        MasterEditor editor = new MasterEditor(file.toString(), arguments, output);
        editor.request(arguments.names());
        replace(file, editor::apply);
      } else {
        Path file = directory.resolve("main.cf");
        Option edit =
            arguments.has(Option.EDIT)
                ? Option.EDIT
                : arguments.has(Option.DELETE) ? Option.DELETE : Option.COMMENT_OUT;
        MainEditor editor = new MainEditor(file.toString(), edit, output);
        editor.request(arguments.names());
        replace(file, editor::apply);
      }
    }

    private interface Edit {
      String apply(String text) throws BadValueException;
    }

    private void replace(Path file, Edit edit) throws BadValueException {
      try {
        AtomicFile.<BadValueException>edit(
            file,
            old ->
                edit.apply(new String(old, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1));
      } catch (NoSuchFileException e) {
        throw new BadValueException("open " + file + " for reading: No such file or directory", e);
      } catch (AccessDeniedException e) {
        throw new BadValueException("open " + e.getFile() + ": Permission denied", e);
      } catch (IOException e) {
        throw new BadValueException(e.getMessage() + "; " + file + " is unchanged", e);
      }
    }

    private void showMaster() throws BadValueException {
      List<Service> services = services(true);
      MainCf main = readMain();
      Map<String, String> settings = settings(main);
      KnownParameters known = known(settings);
      ServiceParameters.register(services, known);
      Evaluator evaluator = new Evaluator(settings, known, false, output);
      userParameters(settings, services, known, evaluator).register();
      new MasterPrinter(arguments, services, known, evaluator, output).print();
      if (!arguments.quiet()) {
        UnusedParameters unused = new UnusedParameters(directory.toString(), known, output);
        unused.warnMaster(services);
        unused.finish();
      }
    }

    private void showMain() throws BadValueException {
      boolean defaults = arguments.has(Option.DEFAULTS);
      Map<String, String> settings = defaults ? new LinkedHashMap<>() : settings(readMain());
      KnownParameters known = known(settings);
      List<Service> services = services(false);
      ServiceParameters.register(services, known);
      Evaluator evaluator = new Evaluator(settings, known, defaults, output);
      if (!defaults) {
        userParameters(settings, services, known, evaluator).register();
      }
      new MainPrinter(arguments, known, evaluator, output).print();
      if (!defaults && !arguments.quiet()) {
        UnusedParameters unused = new UnusedParameters(directory.toString(), known, output);
        unused.warnMain(settings);
        unused.warnMaster(services);
        unused.finish();
      }
    }

    private MainCf readMain() throws BadValueException {
      MainCf main = MainCf.read(directory.resolve("main.cf"));
      main.warnings().forEach(output::warning);
      return main;
    }

    /// What main.cf and `-o` set, in order.
    private Map<String, String> settings(MainCf main) throws BadValueException {
      Map<String, String> settings = new LinkedHashMap<>();
      if (chosen) {
        settings.put("config_directory", directory.toString());
      }
      main.settings().forEach((name, setting) -> settings.put(name, setting.value()));
      for (String override : arguments.overrides()) {
        try {
          NameValue entry = NameValue.parse(override);
          settings.put(entry.name(), entry.value());
        } catch (BadValueException e) {
          throw new BadValueException(
              "invalid parameter override: " + override + ": " + e.getMessage(), e);
        }
      }
      return settings;
    }

    private KnownParameters known(Map<String, String> settings) {
      Map<String, Setting> sourced = new LinkedHashMap<>();
      settings.forEach((name, value) -> sourced.put(name, new Setting(value, "main.cf", 0)));
      return new KnownParameters(
          Configs.of(directory, new MainCf("main.cf", sourced, List.of()), "postconf"));
    }

    private UserParameters userParameters(
        Map<String, String> settings,
        List<Service> services,
        KnownParameters known,
        Evaluator evaluator) {
      TableParameters tables =
          new TableParameters(directory.toString(), evaluator, arguments.quiet(), output);
      return new UserParameters(directory.toString(), settings, services, known, tables, output);
    }

    private List<Service> services(boolean required) throws BadValueException {
      Path file = directory.resolve("master.cf");
      if (!required && !Files.isReadable(file)) {
        String why = Files.exists(file) ? "Permission denied" : "No such file or directory";
        output.warning("open " + file + ": " + why);
        return List.of();
      }
      List<String> warnings = new ArrayList<>();
      List<Service> services = new ArrayList<>();
      for (LogicalLine line : LogicalLine.split(file.toString(), MainCf.readText(file), warnings)) {
        try {
          services.add(Service.parse(line.text(), output));
        } catch (BadValueException e) {
          // Postfix names the line for a bad number of fields only, and its tests want that.
          throw e.getMessage().startsWith("invalid ")
              ? e
              : new BadValueException(
                  "file " + file + ": line " + line.firstLine() + ": " + e.getMessage(), e);
        }
      }
      warnings.forEach(output::warning);
      return services;
    }
  }
}
