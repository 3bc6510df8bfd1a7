import type { Organisation, Person, Role } from '#domain/organisation.ts';
import { localDay } from '#domain/time.ts';
import { replaceOrganisation } from '#store/organisation-import.ts';
import type { TestWorld } from './context.ts';
import { trainingOrganisation } from './organisation.ts';

const ALWAYS = { from: null, until: null } as const;

export type Post = { readonly role: Role; readonly unit: string };

/** Somebody whom the training municipality does not have, in roles of the test's own choice. */
export const personIn = (id: string, posts: readonly [Post, ...Post[]]): Person => ({
  id,
  title: id,
  unit: posts[0].unit,
  roles: posts.map((post) => ({ ...post, validity: ALWAYS })),
  email: `${id}@bindeled.example`,
  phone: '+45 00 00 00 00',
  substitute: null,
  absences: [],
  validity: ALWAYS,
});

/** The training municipality with more people, imported over what stands in the test's world. */
export const importPeople = async (world: TestWorld, people: readonly Person[], at: string): Promise<Organisation> => {
  const training = trainingOrganisation();
  const organisation = {
    ...training,
    people: new Map([...training.people, ...people.map((person) => [person.id, person] as const)]),
  };
  const { deps, scope, now } = world.systemCtx(at);
  await replaceOrganisation(deps.db, scope, organisation, localDay(now), now);
  return organisation;
};
