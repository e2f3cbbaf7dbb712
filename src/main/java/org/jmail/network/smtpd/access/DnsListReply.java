package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.table.Maps;
import org.jmail.base.table.TableException;

/// The reply to who is in a DNS list: a template of rbl_reply_maps, or default_rbl_reply (Postfix
/// rbl_reject_reply).
///
/// @param filter smtpd_expansion_filter, its escapes resolved
record DnsListReply(Maps templates, String standard, String filter) {

  /// Refuses.
  ///
  /// @param what the name, address or mail address that is in the list
  Outcome refuse(Evaluation evaluation, DnsList list, String reason, Subject what)
      throws StopException {
    Optional<String> template = template(evaluation, list);
    SessionMacros macros = new SessionMacros(evaluation.rules(), evaluation.request());
    MacroExpander.Attributes attributes =
        macros.with(name ->
            switch (name) {
              case "rbl_code" ->
                  Optional.of(Integer.toString(evaluation.settings().codes().dnsList()));
              case "rbl_domain" -> Optional.of(list.domain());
              case "rbl_reason", "rbl_txt" -> Optional.of(reason);
              case "rbl_what" -> Optional.of(what.value());
              case "rbl_class" -> Optional.of(what.type().toString());
              default -> Optional.empty();
            });
    if (template.isPresent()) {
      try {
        return reply(evaluation, expand(template.get(), attributes), what);
      } catch (BadValueException e) {
        evaluation.warning(
            "rbl_reject_reply: bad rbl reply template for domain "
                + list.text()
                + ": "
                + template.get()
                + ": "
                + e.getMessage());
      }
    }
    try {
      return reply(evaluation, expand(standard, attributes), what);
    } catch (BadValueException e) {
      evaluation.warning("bad default_rbl_reply: " + standard + ": " + e.getMessage());
      throw evaluation.serverError();
    }
  }

  private String expand(String template, MacroExpander.Attributes attributes)
      throws BadValueException {
    return SessionMacros.expand(template, attributes, filter);
  }

  private Optional<String> template(Evaluation evaluation, DnsList list) throws StopException {
    try {
      Optional<String> exact = templates.find(list.text());
      return exact.isPresent() ? exact : templates.find(list.domain());
    } catch (TableException e) {
      evaluation.warning(e.getMessage());
      throw evaluation.serverError();
    }
  }

  private static Outcome reply(Evaluation evaluation, String text, Subject what) {
    if (!text.matches("(?s)[45]\\d\\d .*")) {
      evaluation.warning("rbl response code configuration error: " + text);
      return evaluation.reject(ErrorClass.POLICY, 450, "4.7.1", "Service unavailable");
    }
    ReplyText.Split split = ReplyText.Split.of(text.substring(4), "4.7.1");
    return evaluation.reject(
        ErrorClass.POLICY,
        Integer.parseInt(text.substring(0, 3)),
        DsnFix.fix(split.dsn(), what.type(), evaluation.rules().log()::info),
        split.textOr("Service unavailable"));
  }
}
