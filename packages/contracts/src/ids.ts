import { CutroomError } from './errors.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is an id as Cutroom writes them: a UUID in its canonical, lower-case spelling. */
export const isId = (text: string): boolean => UUID.test(text)

/** The id itself where it is one; throws `field-invalid` that names the field. Ids become part of paths, so nothing else may pass. */
export function checkId(text: string, field: string): string {
  if (isId(text)) return text
  throw new CutroomError('field-invalid', `${field} must be a UUID in lower case.`, { field })
}

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** A file name that means the same in every folder and program; throws `field-invalid` for separators, leading dots and dashes, and the like. */
export function checkFileName(name: string, field: string): string {
  if (PLAIN_NAME.test(name)) return name
  throw new CutroomError(
    'field-invalid',
    `${field} has 1 to 100 letters, digits, '.', '_' or '-' and starts with a letter or digit: ${JSON.stringify(name)} does not.`,
    { field },
  )
}
