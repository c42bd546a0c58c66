import { ApiError } from '../api/problem.ts'

/** What is wrong with the fields of a form, by their names. */
export type Wrong<F extends string> = { readonly [K in F]?: string }

/** What the API says of a field in better words for this form; `undefined` leaves its own. */
export type Reword<F extends string> = (error: ApiError, field: F) => string | undefined

export interface Told<F extends string> {
  readonly wrong: Wrong<F>
  /** What failed that is about no field of the form; `null` where nothing did. */
  readonly error: unknown
}

/** A failure as a form tells it: at the field that it is about, else under the form. */
export function tellFailure<F extends string>(
  failure: unknown,
  fields: readonly F[],
  reword?: Reword<F>,
): Told<F> {
  const named = failure instanceof ApiError ? failure.problem?.field : undefined
  const field = fields.find((own) => own === named)
  if (field === undefined || !(failure instanceof ApiError)) return { wrong: {}, error: failure }
  const words = reword?.(failure, field) ?? sentence(failure.message, field)
  return { wrong: { [field]: words } as Wrong<F>, error: null }
}

/** The API begins some sentences with the name of the field, which stands above it already. */
function sentence(message: string, field: string): string {
  if (!message.startsWith(field)) return message
  const rest = message.slice(field.length).replace(/^:?\s*/, '')
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}

/** Only what was said. */
export const said = <F extends string>(wrong: { readonly [K in F]?: string | undefined }): Wrong<F> =>
  Object.fromEntries(Object.entries(wrong).filter(([, words]) => words !== undefined)) as Wrong<F>
