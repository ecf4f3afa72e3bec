import { prisma } from '@/lib/db/db'
import type { Transaction } from '@/lib/db/transaction'
import type { Picture } from './picture.schema'

/** In the order they are shown in. */
export async function listPictures(
  restaurantId: string,
  db: Transaction = prisma,
): Promise<Picture[]> {
  return db.restaurantPicture.findMany({
    where: { restaurantId },
    orderBy: { position: 'asc' },
    select: { url: true, alt: true },
  })
}
