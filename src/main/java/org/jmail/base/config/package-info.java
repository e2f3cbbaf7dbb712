/// main.cf, master.cf and the typed parameters declared by the packages that use them. Postfix
/// counterpart: mail_conf*.c, mac_expand.c, master_ent.c. Must not know what a parameter is for.
@NullMarked
package org.jmail.base.config;

import org.jspecify.annotations.NullMarked;
