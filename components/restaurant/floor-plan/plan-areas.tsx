import { layOutAreas } from '@/domain/restaurant/floor-plan.rules'
import type { TablePlace } from '@/domain/restaurant/floor-plan.schema'
import type { Area } from '@/domain/restaurant/table-group.schema'
import { type PlanFrame, styleCell } from './plan-frame'

/** The areas under their tables, for eyes only: a table's label names its area. */
export function PlanAreas({
  areas,
  places,
  frame,
}: {
  areas: readonly Area[]
  places: readonly TablePlace[]
  frame: PlanFrame
}) {
  return (
    <div aria-hidden="true">
      {layOutAreas({ areas, places }).map(({ id, name, cells }) =>
        cells.map((place, index) => (
          <div
            key={`${id} ${place.tableNumber}`}
            className="absolute bg-line/50"
            style={styleCell(frame, place)}
          >
            {index === 0 && (
              <span className="block truncate px-1.5 text-15 leading-tight text-quiet">{name}</span>
            )}
          </div>
        )),
      )}
    </div>
  )
}
