namespace Headroom.Storage;

/// <summary>Names an original: its id within a scope. An id can only be redeemed in the scope it was stored in.</summary>
/// <param name="Scope">A tenant, workspace or conversation chosen by the application; empty for none.</param>
/// <param name="Id">The id made by <see cref="OriginalId"/>.</param>
public readonly record struct OriginalKey(string Scope, string Id);
