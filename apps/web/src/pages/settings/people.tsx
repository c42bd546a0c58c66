import { useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { toastDone } from '../../ui/toasts.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite.tsx'
import { namesOf, type Person, peopleQuery } from './people-data.ts'
import { PersonDialog } from './person-dialog.tsx'
import { Section } from './section.tsx'

/** Who can sign in, and what they reach. */
export function PeopleSettings() {
  const { session } = useStudio()
  const queries = useQueryClient()
  const { data, error } = useQuery(peopleQuery)
  const [inviting, setInviting] = useState(false)
  const [edited, setEdited] = useState<Person | null>(null)
  const [doomed, setDoomed] = useState<Person | null>(null)
  const remove = async ({ id, name, email }: Person) => {
    await ask(studioApi.DELETE('/people/{id}', { params: { path: { id } } }))
    queries.setQueryData(peopleQuery.queryKey, (people) => people?.filter((person) => person.id !== id))
    toastDone(`${name || email} is removed.`)
  }
  return (
    <>
      <Section
        title="People"
        lead="Owners reach every brand and manage people, keys and limits. Members work on the brands that they are given."
        actions={
          <Button
            look="primary"
            icon={<UserPlus className="size-4" aria-hidden />}
            onClick={() => setInviting(true)}
          >
            Invite
          </Button>
        }
      >
        {error !== null ? (
          <ErrorNote error={error} />
        ) : data === undefined ? (
          <Loading what="Reading the people">
            <Skeleton className="h-14" />
          </Loading>
        ) : (
          <ul className="divide-y divide-line">
            {data.map((person) => {
              const { id, name, email, role, profileIds } = person
              const you = id === session.person?.id
              return (
                <li
                  key={id}
                  className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 first:pt-0 last:pb-0"
                >
                  <span
                    aria-hidden
                    className="grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-[13px] font-semibold text-soft"
                  >
                    {[...(name || email)][0]?.toUpperCase()}
                  </span>
                  <div className="min-w-0 grow basis-40">
                    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                      <span className="font-medium wrap-anywhere">{name || email}</span>
                      <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>
                        {role === 'owner' ? 'Owner' : 'Member'}
                      </Badge>
                      {you && <span className="text-[13px] text-soft">you</span>}
                    </p>
                    <p className="text-[13px] text-soft wrap-anywhere">
                      {name !== '' && `${email} · `}
                      {role === 'owner' ? 'All brands' : namesOf(profileIds, session.profiles)}
                    </p>
                  </div>
                  <div className="flex gap-2">
                    <Button
                      size="small"
                      onClick={() => setEdited(person)}
                      aria-label={`Change ${name || email}`}
                    >
                      Change
                    </Button>
                    {!you && (
                      <Button
                        size="small"
                        look="danger"
                        onClick={() => setDoomed(person)}
                        aria-label={`Remove ${name || email}`}
                      >
                        Remove
                      </Button>
                    )}
                  </div>
                </li>
              )
            })}
          </ul>
        )}
      </Section>
      <Invitations />
      <InviteDialog open={inviting} onOpenChange={setInviting} />
      <PersonDialog person={edited} onClose={() => setEdited(null)} />
      <Confirm
        open={doomed !== null}
        onOpenChange={() => setDoomed(null)}
        title={`Remove ${doomed?.name || doomed?.email || ''}?`}
        action="Remove"
        onConfirm={async () => doomed && remove(doomed)}
      >
        They are signed out everywhere, and keys that they made stop working. What they made in the studio
        stays.
      </Confirm>
    </>
  )
}
