import type { Reason } from '#domain/errors.ts';
import { queryClient, trpc } from '../api.ts';
import { isOvertaken, type Problem } from '../problem.ts';
import { type ActHandle, useAct } from '../use-act.ts';

type Procedure<In, Out> = Parameters<typeof useAct<In, Out>>[0];

export type ActProps = {
  readonly told: string;
  /** It was done. `message`: what to say about it. */
  readonly done: (message: string) => void;
  /** Somebody else was first: the page has been read anew. `why`: what the state says against it, if that is it. */
  readonly overtaken: (why: Reason | null) => void;
  readonly cancel: () => void;
};

/** An act on the case on screen. When somebody else was first, the page is read anew and nothing is overwritten. */
export const useCaseAct = <In, Out>(
  procedure: Procedure<In, Out>,
  props: Pick<ActProps, 'overtaken'> & {
    readonly done: (out: Out) => void;
    readonly failed?: (problem: Problem) => void;
  },
): ActHandle<In> & { readonly shown: Problem | null } => {
  const act = useAct(procedure, {
    done: props.done,
    failed: (problem) => {
      if (isOvertaken(problem)) {
        void queryClient.invalidateQueries(trpc.referrals.get.pathFilter());
        void queryClient.invalidateQueries(trpc.disputes.get.pathFilter());
        // A version says nothing; what the state says against it must outlast the form, which may be gone by then.
        props.overtaken(problem.code === 'STALE' ? null : problem.reason);
      }
      props.failed?.(problem);
    },
  });
  return { ...act, shown: act.problem?.code === 'STALE' ? null : act.problem };
};
