using System.Buffers;

namespace Headroom.Storage.Postgres.Server;

/// <summary>The names of a store's tables, as they stand in SQL. Made of checked parts only.</summary>
internal sealed class TableNames(string? schema, string prefix)
{
    /// <summary>What the server allows.</summary>
    public const int MaxSchemaLength = 63;

    /// <summary>The server cuts names after 63 characters; the longest name of ours has 23 of its own.</summary>
    public const int MaxPrefixLength = 40;

    private static readonly SearchValues<char> s_characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    public string? SchemaName { get; } = schema;

    public string Prefix { get; } = prefix;

    public string Originals => Of("originals");

    public string Pieces => Of("pieces");

    public string Dropped => Of("dropped");

    public string Usage => Of("usage");

    public string Version => Of("version");

    public static bool IsName(string? text, int maxLength) =>
        text is { Length: > 0 } && text.Length <= maxLength && !char.IsAsciiDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(s_characters);

    public string QuotedSchema => $"\"{SchemaName}\"";

    public override string ToString() => (SchemaName is null ? "" : SchemaName + ".") + Prefix + "*";

    private string Of(string table) => (SchemaName is null ? "" : QuotedSchema + ".") + $"\"{Prefix}{table}\"";
}
