import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { type Session, sessionQuery, signOut } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { toastFailed } from '../../ui/toasts.tsx'
import { Door } from './door.tsx'
import { FirstBrand } from './first-brand.tsx'
import { FirstFootage } from './first-footage.tsx'

/** The first minute of a new studio: its brand, then something to cut. */
export function Welcome() {
  const { data: session } = useQuery(sessionQuery)
  return session ? <Steps session={session} /> : null
}

function Steps({ session }: { readonly session: Session }) {
  const { step } = useSearch({ from: '/welcome' })
  const [brand = null, ...others] = session.profiles
  if (session.role !== 'owner')
    return brand === null ? <NoBrand session={session} /> : <Navigate to="/" replace />
  if (others.length > 0) return <Navigate to="/" replace />
  if (step === 'footage' && brand !== null) return <FirstFootage brand={brand} />
  return <FirstBrand saved={brand} />
}

function NoBrand({ session }: { readonly session: Session }) {
  return (
    <Door title="No brand yet" lead="Your account is ready, but nobody has given you a brand to work on.">
      <p className="text-soft">
        Ask an owner of the studio to add one to your account
        {session.person !== null && (
          <>
            {' '}
            (<span className="text-ink wrap-anywhere">{session.person.email}</span>)
          </>
        )}
        , then reload this page.
      </p>
      <div className="mt-6 flex flex-wrap gap-2">
        <Button look="primary" onClick={() => location.assign('/')}>
          Reload
        </Button>
        {session.kind === 'person' && <Button onClick={() => signOut().catch(toastFailed)}>Sign out</Button>}
      </div>
    </Door>
  )
}
