namespace Headroom.Retrieval;

/// <summary>The one tool Headroom offers a model: its name, its description and its parameters, the same at every front door.</summary>
public static class RetrievalTool
{
    /// <summary>Name of the tool.</summary>
    public const string Name = "headroom_retrieve";
}
