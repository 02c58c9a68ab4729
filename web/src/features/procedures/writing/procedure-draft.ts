import type { ProcedureVersion } from '../../../api/types';

/** A step while it is being written; `key` never changes, so dependencies survive a reordering. */
export interface StepDraft {
  key: string;
  title: string;
  role: string;
  instructions: string;
  location: string;
  plannedMinutes: string;
  dependsOn: string[];
}

export interface ContactDraft {
  name: string;
  role: string;
  phone: string;
  email: string;
}

export interface ProcedureDraft {
  title: string;
  markdown: string;
  steps: StepDraft[];
  contacts: ContactDraft[];
}

/** The next free `step-N`. */
export function emptyStep(taken: readonly StepDraft[]): StepDraft {
  const numbers = taken.map(({ key }) => Number(/^step-(\d+)$/.exec(key)?.[1] ?? 0));
  const key = `step-${Math.max(0, ...numbers) + 1}`;
  const before = taken.at(-1);
  return {
    key,
    title: '',
    role: '',
    instructions: '',
    location: '',
    plannedMinutes: '',
    dependsOn: before ? [before.key] : [],
  };
}

export const emptyContact = (): ContactDraft => ({ name: '', role: '', phone: '', email: '' });

export const newProcedure = (): ProcedureDraft => ({
  title: '',
  markdown: '',
  steps: [emptyStep([])],
  contacts: [emptyContact()],
});

export function draftOf({ title, ...content }: ProcedureVersion): ProcedureDraft {
  return {
    title,
    markdown: content.markdown,
    steps: content.steps.map((step) => ({
      ...step,
      role: step.role ?? '',
      instructions: step.instructions ?? '',
      location: step.location ?? '',
      plannedMinutes: step.plannedMinutes == null ? '' : String(step.plannedMinutes),
    })),
    contacts: content.contacts.map(({ name, role, phone, email }) => ({
      name,
      role: role ?? '',
      phone: phone ?? '',
      email: email ?? '',
    })),
  };
}

/** The content as the service takes it; rows left wholly empty are left out. */
export function contentOf(draft: ProcedureDraft) {
  return {
    markdown: draft.markdown,
    steps: draft.steps
      .filter(({ title, instructions }) => title || instructions)
      .map(({ location, plannedMinutes, ...step }) => ({
        ...step,
        ...(location && { location }),
        ...(plannedMinutes && { plannedMinutes: Number(plannedMinutes) }),
      })),
    contacts: draft.contacts
      .filter(({ name }) => name)
      .map(({ phone, email, ...contact }) => ({ ...contact, ...(phone && { phone }), ...(email && { email }) })),
  };
}
