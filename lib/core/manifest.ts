// The manifest: what a worklog says was practised, as plain data. Types only.

/** What an exercise rests on, strongest first. */
export type Evidence = 'marker' | 'label' | 'inline' | 'verb' | 'lab-link';

/** One thing that was practised, in the learner's own words. */
export interface ManifestExercise {
  readonly text: string;
  /** 1-based line of the file. */
  readonly line: number;
  readonly evidence: Evidence;
  /** Every service it works with, its section's included; left out where that is not known. */
  readonly services?: readonly string[];
}

/** Exercises about one service. */
export interface ManifestSection {
  /** Canonical service name ("Amazon EC2"), or null where the text names none. */
  readonly service: string | null;
  /** Folder of labs/, or null when there is no such lab. */
  readonly lab: string | null;
  /** The line of the worklog that introduces the exercises, where there is one. */
  readonly heading?: string;
  readonly exercises: readonly ManifestExercise[];
}

/** A link that the row gives as its reference. */
export interface ManifestReference {
  readonly text: string;
  readonly url: string;
}

/** One row of the week's table. */
export interface ManifestDay {
  /** The day cell as written, or null. */
  readonly day: string | null;
  readonly line: number;
  /** ISO date (YYYY-MM-DD) or null. */
  readonly start: string | null;
  readonly end: string | null;
  /** Every service practised that day, by canonical name. */
  readonly services: readonly string[];
  readonly sections: readonly ManifestSection[];
  /** Six-digit lab ids of the study programme. */
  readonly labIds: readonly string[];
  readonly references: readonly ManifestReference[];
  /** The row is one of the programme's template that nobody filled in; left out otherwise. */
  readonly template?: boolean;
}

/** Something a careful reader would point out, with its place and what to do. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'info';
  /** Stable, "worklog/…". */
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
}

/** What one worklog file says. */
export interface Manifest {
  /** The path as given. */
  readonly file: string;
  readonly title: string | null;
  readonly week: number | null;
  readonly language: 'en' | 'vi' | null;
  readonly days: readonly ManifestDay[];
  readonly diagnostics: readonly Diagnostic[];
}
