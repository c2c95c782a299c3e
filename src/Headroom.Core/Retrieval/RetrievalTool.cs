namespace Headroom.Retrieval;

/// <summary>The one tool Headroom offers a model: its name, its description and its parameters, the same at every front door.</summary>
/// <remarks>These texts are part of the cached prefix of every conversation that may cut: changing a byte costs every cache once.</remarks>
public static class RetrievalTool
{
    /// <summary>Name of the tool.</summary>
    public const string Name = "headroom_retrieve";

    /// <summary>What the tool does, for the model.</summary>
    public const string Description =
        "Fetches text that was left out of an earlier result to save space. Such a result begins with [headroom ID: ...] and marks each gap in place, "
        + "like [2-310: 309 lines, ...] or [/items[4-66]: 63 rows, ...]. Call it with that ID and what a gap says: lines=\"2-310\" or path=\"/items[4-66]\"; "
        + "or search with query (words or a regex). With the ID alone you get the whole original, page by page. Text comes back exactly as it was.";

    /// <summary>JSON schema of the arguments.</summary>
    public const string ParametersSchema =
        """
        {"type":"object","properties":{"id":{"type":"string","description":"ID from the [headroom ID: ...] line"},"lines":{"type":"string","description":"Line numbers: \"120-180\", \"412-\", or several: \"1-10,50-60\""},"query":{"type":"string","description":"Words or a regex; returns matching lines, numbered, with their neighbours"},"path":{"type":"string","description":"JSON pointer or rows, several with commas: \"/items/67\", \"/items[4-66]\", only some members: \"/items[4-66]/id,name\"; in code a name: \"Cart.AddItem\""},"max_tokens":{"type":"integer","description":"Longest answer wanted; default 8000"}},"required":["id"]}
        """;
}
