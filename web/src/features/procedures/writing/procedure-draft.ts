import type { ProcedureVersion } from '../../../api/types';
import type { PassageDraft } from './passage-drafts';

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
  confirmedOn: string;
}

export interface ProcedureDraft {
  title: string;
  markdown: string;
  launchCriteria: string;
  launchedBy: string;
  steps: StepDraft[];
  contacts: ContactDraft[];
}

/** Steps that say nothing are left out. */
export const isWritten = ({ title, instructions }: StepDraft): boolean => title !== '' || instructions !== '';

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

export const emptyContact = (): ContactDraft => ({ name: '', role: '', phone: '', email: '', confirmedOn: '' });

export const newProcedure = (): ProcedureDraft => ({
  title: '',
  markdown: '',
  launchCriteria: '',
  launchedBy: '',
  steps: [emptyStep([])],
  contacts: [emptyContact()],
});

export function draftOf({ title, ...content }: ProcedureVersion): ProcedureDraft {
  return {
    title,
    markdown: content.markdown,
    launchCriteria: content.launchCriteria ?? '',
    launchedBy: content.launchedBy ?? '',
    steps: content.steps.map((step) => ({
      ...step,
      role: step.role ?? '',
      instructions: step.instructions ?? '',
      location: step.location ?? '',
      plannedMinutes: step.plannedMinutes == null ? '' : String(step.plannedMinutes),
    })),
    contacts: content.contacts.map(({ name, role, phone, email, confirmedOn }) => ({
      name,
      role: role ?? '',
      phone: phone ?? '',
      email: email ?? '',
      confirmedOn: confirmedOn ?? '',
    })),
  };
}

/** The content as the service takes it; rows left wholly empty are left out. */
export function contentOf(draft: ProcedureDraft) {
  return {
    markdown: draft.markdown,
    ...(draft.launchCriteria && { launchCriteria: draft.launchCriteria }),
    ...(draft.launchedBy && { launchedBy: draft.launchedBy }),
    steps: draft.steps.filter(isWritten).map(({ location, plannedMinutes, ...step }) => ({
      ...step,
      ...(location && { location }),
      ...(plannedMinutes && { plannedMinutes: Number(plannedMinutes) }),
    })),
    contacts: draft.contacts
      .filter(({ name }) => name)
      .map(({ phone, email, confirmedOn, ...contact }) => ({
        ...contact,
        ...(phone && { phone }),
        ...(email && { email }),
        ...(confirmedOn && { confirmedOn }),
      })),
  };
}

/** The steps with those that were read out of a text after them, one after another; an untouched first step gives way. */
export function withPassages(steps: StepDraft[], passages: PassageDraft[]): StepDraft[] {
  return passages.reduce<StepDraft[]>(
    (all, { title, instructions, role, plannedMinutes }) => [
      ...all,
      { ...emptyStep(all), title, instructions, role, plannedMinutes },
    ],
    steps.filter(isWritten),
  );
}
