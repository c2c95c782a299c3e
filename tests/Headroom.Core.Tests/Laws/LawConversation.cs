namespace Headroom.Laws;

/// <summary>A conversation made of the corpus: a question, a call, a result, an answer, over and over.</summary>
internal static class LawConversation
{
    public static IReadOnlyList<ContextItem> OfCorpus()
    {
        List<ContextItem> items = [new() { Role = ItemRole.System, Text = "You are a careful engineer. Use the tools, then answer briefly." }];
        int call = 0;
        foreach (CorpusFile file in CorpusFile.All)
        {
            if (file.Question is { } question) items.Add(new() { Role = ItemRole.User, Text = question });
            items.Add(new() { Role = ItemRole.Assistant, Text = $"I will look at {file.Name}." });
            string id = $"call_{++call}";
            items.Add(new() { Text = file.Text, ToolName = "read", CallId = id, Arguments = $$"""{"path":"{{file.Name}}"}""" });
        }

        return items;
    }
}
