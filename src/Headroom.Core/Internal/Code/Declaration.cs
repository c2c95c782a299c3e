namespace Headroom.Internal.Code;

/// <summary>Where a type or member is declared. Lines count from 0, all inclusive.</summary>
/// <param name="Kind">A type, member or field.</param>
/// <param name="Name">Its name, as the source spells it.</param>
/// <param name="Owner">What it belongs to, where its own line says so (a receiver, <c>Cart::</c>); else empty.</param>
/// <param name="Parent">Index of the declaration around it, or -1.</param>
/// <param name="IsLocal">It stands in the body of a member.</param>
/// <param name="First">First line of what belongs to it: comments and attributes above.</param>
/// <param name="Line">Where it begins, modifiers included, attributes not.</param>
/// <param name="Signature">Last line of its signature.</param>
/// <param name="Last">Last line of its body.</param>
internal sealed record Declaration(LineKind Kind, string Name, string Owner, int Parent, bool IsLocal, int First, int Line, int Signature, int Last);
