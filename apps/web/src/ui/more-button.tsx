import { Ellipsis } from 'lucide-react'
import type { ComponentProps } from 'react'
import { IconButton } from './button.tsx'

/** Opens the menu of a thing: `label` says of which. */
export const MoreButton = (props: Omit<ComponentProps<typeof IconButton>, 'icon'>) => (
  <IconButton icon={<Ellipsis className="size-4" />} {...props} />
)
