/** Namespaces that validation speaks of besides those of a record. */
export const SH = 'http://www.w3.org/ns/shacl#'
export const SHAPES = 'https://w3id.org/vampira/shapes/'

/**
 * Terms of the SHACL namespace by what becomes of them here. SHACL Core and SHACL-SPARQL constraints (W3C
 * Recommendation, 20 July 2017) are evaluated; what is beyond, the engine would pass over as if it conformed.
 */
const evaluated = `
  NodeShape PropertyShape IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral Info Warning Violation
  targetClass targetNode targetObjectsOf targetSubjectsOf
  path inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath
  property node class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
  minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals
  not and or xone qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount
  closed ignoredProperties hasValue in
  severity message name description order group defaultValue deactivated PropertyGroup
  SPARQLConstraint sparql select prefixes declare prefix namespace PrefixDeclaration shapesGraph`

const notEvaluated = `
  target SPARQLTarget SPARQLTargetType Target TargetType ConstraintComponent parameter Parameter optional labelTemplate
  validator nodeValidator propertyValidator SPARQLAskValidator SPARQLSelectValidator SPARQLExecutable ask construct update
  Rule TripleRule SPARQLRule rule condition subject predicate object values expression ExpressionConstraintComponent
  Function SPARQLFunction returnType Expression this filterShape nodes intersection union
  JSConstraint JSConstraintComponent JSValidator JSFunction JSLibrary JSRule JSTarget JSTargetType JSExecutable
  js jsFunctionName jsLibrary jsLibraryURL entailment shape resultAnnotation ResultAnnotation annotationProperty
  annotationValue annotationVarName sourceShape
  reifierShape reificationRequired memberShape minListLength maxListLength uniqueMembers uniqueValuesFor singleLine
  someValue subsetOf rootClass uniqueMembersFor targetWhere shapeClass`

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

export const evaluatedTerms = words(evaluated)
/** SHACL, or a draft of it, but beyond what is evaluated. */
export const unevaluatedTerms = words(notEvaluated)
