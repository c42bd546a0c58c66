import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { formatAgo } from '../../format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { NewKeyDialog } from './new-key.tsx'
import { type Key, keysQuery, namesOf } from './people-data.ts'
import { Section } from './section.tsx'

/** The ways in of programs. */
export function KeysSettings() {
  const { session } = useStudio()
  const queries = useQueryClient()
  const { data, error } = useQuery(keysQuery)
  const [making, setMaking] = useState(false)
  const [doomed, setDoomed] = useState<Key | null>(null)
  const revoke = async ({ id, name }: Key) => {
    await ask(studioApi.DELETE('/keys/{id}', { params: { path: { id } } }))
    await queries.invalidateQueries({ queryKey: keysQuery.queryKey })
    toastDone(`The key “${name}” is revoked.`)
  }
  const alive = data?.filter(({ revokedAt }) => revokedAt === null) ?? []
  const revoked = data?.filter(({ revokedAt }) => revokedAt !== null) ?? []
  return (
    <>
      <Section
        title="API keys"
        lead={
          session.kind === 'local'
            ? 'For programs. Authentication is off, so those on this machine need none now.'
            : 'For programs that use the API. They count for the whole studio; each reaches the brands that you choose.'
        }
        actions={
          <Button
            look="primary"
            icon={<Plus className="size-4" aria-hidden />}
            onClick={() => setMaking(true)}
          >
            New key
          </Button>
        }
      >
        {error !== null ? (
          <ErrorNote error={error} />
        ) : data === undefined ? (
          <Loading what="Reading the keys">
            <Skeleton className="h-14" />
          </Loading>
        ) : alive.length === 0 ? (
          <p className="rounded-lg border border-dashed border-line px-4 py-6 text-center text-soft">
            No keys yet. Make one to use Cutroom from a script or another program.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {alive.map((key) => (
              <KeyLine key={key.id} apiKey={key} onRevoke={() => setDoomed(key)} />
            ))}
          </ul>
        )}
        {revoked.length > 0 && (
          <details className="mt-4 border-t border-line pt-4">
            <summary className="w-fit rounded text-[13px] font-medium text-soft hover:text-ink">
              Revoked keys ({revoked.length})
            </summary>
            <ul className="mt-2 divide-y divide-line">
              {revoked.map((key) => (
                <KeyLine key={key.id} apiKey={key} />
              ))}
            </ul>
          </details>
        )}
      </Section>
      <NewKeyDialog open={making} onOpenChange={setMaking} />
      <Confirm
        open={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={`Revoke “${doomed?.name ?? ''}”?`}
        action="Revoke the key"
        onConfirm={async () => doomed && revoke(doomed)}
      >
        Programs that use it are refused from now on. A key that is revoked never works again.
      </Confirm>
    </>
  )
}

function KeyLine({ apiKey, onRevoke }: { readonly apiKey: Key; readonly onRevoke?: () => void }) {
  const { session } = useStudio()
  const { name, hint, access, profileIds, createdAt, lastUsedAt, revokedAt } = apiKey
  const brands = profileIds === null ? 'All brands' : namesOf(profileIds, session.profiles)
  const age =
    revokedAt !== null
      ? `revoked ${formatAgo(revokedAt)}`
      : lastUsedAt === null
        ? `made ${formatAgo(createdAt)}, never used`
        : `used ${formatAgo(lastUsedAt)}`
  return (
    <li className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
      <KeyRound className="size-4.5 shrink-0 text-soft max-sm:hidden" aria-hidden />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere">{name}</span>
          <Badge>{access === 'write' ? 'Read and write' : 'Read only'}</Badge>
        </p>
        <p className="text-[13px] text-soft wrap-anywhere">
          <span className="font-mono">{hint}…</span> · {brands} · {age}
        </p>
      </div>
      {onRevoke && (
        <Button look="danger" size="small" onClick={onRevoke} aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      )}
    </li>
  )
}
