/// The texts of notifications about mail, built in or from bounce_template_file (bounce(5)).
/// Postfix counterpart: bounce_template.c, bounce_templates.c. Must not send anything:
/// org.jmail.network.bounce does.
@NullMarked
package org.jmail.base.notice;

import org.jspecify.annotations.NullMarked;
