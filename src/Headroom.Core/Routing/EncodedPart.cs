namespace Headroom.Routing;

/// <summary>One part of a text that mixes kinds, as it will be written.</summary>
internal readonly record struct EncodedPart(string Text, bool IsEncoded, bool IsExact);
