import { z } from 'zod'
import { CutroomError, ERRORS, type ErrorCode } from './errors.ts'

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]
export const errorCodeSchema = z.enum(codes)

/** An error as it travels and as it is stored: RFC 9457 with a code, the offending field and what to do about it. */
export const problemSchema = z
  .object({
    type: z.string().describe('A URI that names the kind of problem; a part of the documents.'),
    title: z.string().describe('What the code means, for people.'),
    status: z.int(),
    detail: z.string().describe('What happened this time, for people.'),
    code: errorCodeSchema,
    remedy: z.string(),
    field: z.string().optional().describe('The offending field of the request, dotted where it is nested.'),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Limits, values, line numbers, for programs.'),
    requestId: z.string().optional().describe('The request, to be found again in the logs.'),
    toolOutput: z.string().optional().describe("The last lines of a program's own words."),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problemSchema>

/** An error as a problem. */
export function problemOf(error: CutroomError): Problem {
  const { status, meaning } = ERRORS[error.code]
  return {
    type: `/docs/errors#${error.code}`,
    title: meaning,
    status,
    detail: error.message,
    code: error.code,
    remedy: error.remedy,
    ...(error.field !== undefined && { field: error.field }),
    ...(Object.keys(error.details).length > 0 && { details: { ...error.details } }),
    ...(error.toolOutput !== undefined && { toolOutput: error.toolOutput }),
  }
}

/** A problem that was stored or sent as the error that it was made of; the inverse of `problemOf`. */
export function errorOfProblem({ code, detail, remedy, field, details, toolOutput }: Problem): CutroomError {
  return new CutroomError(code, detail, {
    remedy,
    ...(field !== undefined && { field }),
    ...(details !== undefined && { details }),
    ...(toolOutput !== undefined && { toolOutput }),
  })
}
