package org.jmail;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jmail.command.Main;

/// The trust boundary as arrows: the four parts know `base` and never each other.
@AnalyzeClasses(packages = "org.jmail", importOptions = DoNotIncludeTests.class)
final class BoundariesTest {

  @ArchTest
  static final ArchRule baseKnowsNoOtherPart =
      noClasses()
          .that()
          .resideInAPackage("org.jmail.base..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jmail.delivery..", "org.jmail.network..", "org.jmail.command..");

  @ArchTest
  static final ArchRule deliveryKnowsOnlyBase =
      noClasses()
          .that()
          .resideInAPackage("org.jmail.delivery..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jmail.network..", "org.jmail.command..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule networkKnowsOnlyBase =
      noClasses()
          .that()
          .resideInAPackage("org.jmail.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jmail.delivery..", "org.jmail.command..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule commandsKnowOnlyBase =
      noClasses()
          .that()
          .resideInAPackage("org.jmail.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jmail.delivery..", "org.jmail.network..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noPackageCycles =
      slices()
          .matching("org.jmail.(**)")
          .should()
          .beFreeOfCycles()
          // The command table names every command, and commands know the package it lies in.
          .ignoreDependency(equivalentTo(Main.class), alwaysTrue());

  @ArchTest
  static final ArchRule onlyPosixAndLmdbCallNativeCode =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.jmail.base.posix..", "org.jmail.base.lmdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");
}
