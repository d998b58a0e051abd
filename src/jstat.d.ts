/** The part of jStat that is used here; it has no types of its own. */
declare module 'jstat' {
  const distributions: {
    studentt: {
      /** The probability below a value. */
      cdf(value: number, degreesOfFreedom: number): number
      /** The value that a probability lies below. */
      inv(probability: number, degreesOfFreedom: number): number
    }
    gamma: {
      /** The value that a probability lies below. */
      inv(probability: number, shape: number, scale: number): number
    }
  }
  export default distributions
}
