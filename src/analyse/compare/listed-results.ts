import { doubleAsWritten } from '../../canonical-double.ts'
import type { ListedReturns } from '../overviews.ts'
import { shownResult, type ReturnedValue } from './compare-results.ts'
import type { Sides } from './run-differences.ts'

/**
 * What the components of two runs returned, by what their summaries list, as their records say it. What both
 * returned alike by its digest is left out.
 *
 * @returns undefined where that is not enough: a list is missing, or there is only a digest of what differs
 */
export function listedResults([one, other]: Sides<readonly ListedReturns[]>):
  Sides<readonly ReturnedValue[]> | undefined {
  if (one === undefined || other === undefined) return undefined
  const others = new Map(other.map((returns) => [returns.component, returns]))
  const ones = new Map(one.map((returns) => [returns.component, returns]))
  const isLeftOut = (each: ListedReturns, beside: ListedReturns | undefined) =>
    beside !== undefined && 'digest' in each && 'digest' in beside && each.digest === beside.digest
  const left = one.filter((each) => !isLeftOut(each, others.get(each.component)))
  const right = other.filter((each) => !isLeftOut(each, ones.get(each.component)))
  const isUnknown = (each: ListedReturns, beside: ListedReturns | undefined) =>
    'digest' in each && !(beside !== undefined && 'grouped' in beside)
  if (left.some((each) => isUnknown(each, others.get(each.component)))) return undefined
  if (right.some((each) => isUnknown(each, ones.get(each.component)))) return undefined
  return [left.flatMap(returnedBy), right.flatMap(returnedBy)]
}

function returnedBy(returns: ListedReturns): ReturnedValue[] {
  const { component, name } = returns
  if ('grouped' in returns) return [{ component, name, value: '', calls: 0, grouped: true }]
  if ('digest' in returns) return []
  return returns.results.map(({ type, calls, value, valueType, length, shape }) => {
    const spelt = value !== undefined && valueType === 'double' ? doubleAsWritten(value) : value
    const size = shape === undefined ? length?.toString() : JSON.stringify(shape)
    return { component, name, value: shownResult(spelt, type, size), calls, grouped: false }
  })
}
