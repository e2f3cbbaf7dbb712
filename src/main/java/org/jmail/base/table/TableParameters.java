package org.jmail.base.table;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The parameters of lookup tables.
public final class TableParameters implements ParameterSet {

  public static final Parameter<Boolean> SMTPUTF8_ENABLE =
      new Parameter<>(
          "smtputf8_enable",
          "${{$compatibility_level} <level {1} ? {no} : {yes}}",
          "Whether internationalized mail (RFC 6531 to 6533) is supported. It also makes every"
              + " lookup table hold UTF-8 text: other keys and values are refused with a warning.",
          Parameter.bool("", true, "").parser());

  public static final Parameter<List<String>> ALIAS_DATABASE =
      Parameter.list(
          "alias_database",
          "lmdb:/etc/postfix/aliases",
          "The alias tables that newaliases and `sendmail -bi` rebuild. Not all of alias_maps can"
              + " be rebuilt, which is why this is a parameter of its own.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(SMTPUTF8_ENABLE, ALIAS_DATABASE);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    TableTypes.check(configuration.main(), configuration.names());
    NetworkLists.check(configuration.main(), configuration.names());
    for (MasterService service : configuration.master().services()) {
      TableTypes.check(configuration.forService(service), service.settings().keySet());
      NetworkLists.check(configuration.forService(service), service.settings().keySet());
    }
  }
}
