package io.gemproxy.cli.doctor;

/** Looks at one thing of an installation; changes nothing. */
interface Check {
    /** One or two small words. */
    String name();

    Diagnosis look(Patient patient);
}
