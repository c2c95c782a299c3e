namespace Headroom.Cli.Mcp.Gateway;

/// <summary>What becomes of structured content that a text block repeats.</summary>
internal enum StructuredPolicy
{
    /// <summary>Where no output schema demands it, it gives way to the text; where one does, it stays, with the smaller text in the place of a text that stands in both.</summary>
    Auto,

    /// <summary>It is never touched.</summary>
    Keep,

    /// <summary>Where an output schema demands it, the text gives way to a marker: for clients that show a model both.</summary>
    Once,

    /// <summary>Clients are told of no output schemas, so it always gives way to the text: for clients that show a model structured content alone.</summary>
    Text,
}
