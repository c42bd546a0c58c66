import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'
import { studioApi } from '../../app/session.ts'
import { useStudio } from '../../app/studio.tsx'
import { formatAgo } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastFailed } from '../../ui/toasts.tsx'
import { type Invitation, invitationsQuery, namesOf } from './people-data.ts'
import { Section } from './section.tsx'

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/** Links that can still be taken up; nothing where there are none. */
export function Invitations() {
  const { session } = useStudio()
  const queries = useQueryClient()
  const { data = [] } = useQuery(invitationsQuery)
  const withdraw = async ({ id }: Invitation) => {
    try {
      await ask(studioApi.DELETE('/people/invitations/{id}', { params: { path: { id } } }))
      queries.setQueryData(invitationsQuery.queryKey, (known) => known?.filter((one) => one.id !== id))
      toastDone('The invitation is withdrawn.')
    } catch (error) {
      toastFailed(error)
    }
  }
  if (data.length === 0) return null
  return (
    <Section title="Open invitations" lead="Whoever has the link can join with it, once.">
      <ul className="divide-y divide-line">
        {data.map((invitation) => {
          const { id, role, profileIds, createdAt, expiresAt } = invitation
          const what =
            role === 'owner' ? 'Owner of all brands' : `Member: ${namesOf(profileIds, session.profiles)}`
          return (
            <li key={id} className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
              <div className="min-w-0 grow">
                <p className="font-medium wrap-anywhere">{what}</p>
                <p className="text-[13px] text-soft">
                  Made {formatAgo(createdAt)}, ends on {dates.format(new Date(expiresAt))}
                </p>
              </div>
              <Button size="small" onClick={() => withdraw(invitation)} aria-label={`Withdraw: ${what}`}>
                Withdraw
              </Button>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
