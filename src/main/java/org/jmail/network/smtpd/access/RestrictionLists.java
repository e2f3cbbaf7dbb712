package org.jmail.network.smtpd.access;

import java.util.List;

/// The lists of one service, by stage.
record RestrictionLists(
    List<Restriction> client,
    List<Restriction> helo,
    List<Restriction> sender,
    List<Restriction> relay,
    List<Restriction> recipient,
    List<Restriction> data,
    List<Restriction> endOfData,
    List<Restriction> etrn) {}
