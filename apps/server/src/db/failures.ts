import { CutroomError } from '@cutroom/contracts'

/** No connection, a connection that broke, a server that starts or stops, too many connections. */
const UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|08\d{3}|57P0[123]|53300)$/
/** What the driver says without a code. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/
const DISK_FULL = '53100'
const FOREIGN_KEY = '23503'

/** What a transaction failed of, with the code that it has for people where it is the database that failed; else as it is. */
export function toDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof CutroomError) return thrown
  const causes = causesOf(thrown)
  const codes = causes.map((error) => ('code' in error ? String(error.code) : ''))
  if (codes.some((code) => UNAVAILABLE.test(code)) || causes.some(({ message }) => BROKEN.test(message)))
    return new CutroomError('database-unavailable', 'The database does not answer.', { cause: thrown })
  if (codes.includes(DISK_FULL))
    return new CutroomError('disk-full', 'There is no room left for the database.', { cause: thrown })
  // The profile was deleted while the request was under way.
  const ofProfile = causes.some(
    (error) => 'constraint' in error && /_profile_id_profiles_id_fk$/.test(String(error.constraint)),
  )
  if (codes.includes(FOREIGN_KEY) && ofProfile)
    return new CutroomError('not-found', 'There is no such profile.', { cause: thrown })
  return thrown
}

function causesOf(thrown: unknown): Error[] {
  const causes: Error[] = []
  for (let error = thrown; error instanceof Error && causes.length < 8; error = error.cause)
    causes.push(error)
  return causes
}
