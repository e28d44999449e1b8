// The definition of a manifest that validates one, and from which its JSON Schema is made.

import { z } from 'zod';

import type { Manifest } from '../core/manifest';

const line = z.int().min(1).describe('Line of the file, counted from 1.');
const date = z.iso.date().nullable().describe('ISO date, or null where there is none or none that can be told.');
const services = z.array(z.string()).describe('Canonical service names, such as "Amazon EC2".');

const exercise = z.object({
  text: z.string().max(500),
  line,
  evidence: z
    .enum(['marker', 'label', 'inline', 'verb', 'lab-link'])
    .describe('What the exercise rests on, strongest first.'),
  services: services.optional(),
});

const section = z.object({
  service: z.string().nullable().describe('The service it is about, or null where the text names none.'),
  lab: z.string().nullable().describe('Folder of labs/, or null when there is no such lab.'),
  heading: z.string().optional().describe('The line of the worklog that introduces the exercises.'),
  exercises: z.array(exercise),
});

const day = z.object({
  day: z.string().nullable().describe('The day cell as written.'),
  line,
  start: date,
  end: date,
  services,
  sections: z.array(section),
  labIds: z.array(z.string().regex(/^[0-9]{6}$/)).describe("Ids of the study programme's labs that the row links to."),
  references: z.array(z.object({ text: z.string(), url: z.string() })),
  template: z.boolean().optional().describe("The row is one of the programme's template that nobody filled in."),
});

const diagnostic = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string().describe('Stable: "worklog/..."'),
  line,
  column: z.int().min(1),
  message: z.string(),
  fix: z.string(),
});

/** Validates a manifest. */
export const manifestSchema = z.object({
  file: z.string().describe('The path as given.'),
  title: z.string().nullable(),
  week: z.int().min(1).nullable(),
  language: z.enum(['en', 'vi']).nullable(),
  days: z.array(day),
  diagnostics: z.array(diagnostic),
}) satisfies z.ZodType<Manifest>;

/** The JSON Schema of a manifest (draft 2020-12). */
export const manifestJsonSchema = (): object => ({
  title: 'worklab manifest',
  ...z.toJSONSchema(manifestSchema, { io: 'input' }),
});
