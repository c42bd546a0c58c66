import { Loading, Skeleton } from '../../ui/skeleton.tsx'

/** Holds the place of a board. */
export const BoardSkeleton = () => (
  <Loading what="Reading the clips">
    <Skeleton className="mb-3 h-9 w-64" />
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(168px,1fr))] sm:gap-4">
      {Array.from({ length: 6 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
        <div key={index}>
          <Skeleton className="aspect-9/16 rounded-xl" />
          <Skeleton className="mt-2 h-4 w-2/3" />
          <div className="h-6" />
        </div>
      ))}
    </div>
  </Loading>
)
