using System.Runtime.CompilerServices;
using System.Text.Json;
using Headroom.Economics;
using Headroom.Extensions.AI.Messages;
using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Reads requests as the blocks of a prompt: tools, system prompt, messages. Only texts count; images and message frames do not.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PromptReader(TokenMemo memo)
{
    private readonly Lazy<LedgerBlock> _retrievalTool = new(() => LedgerBlock.Added(
        memo.Block($"{RetrievalTool.Name}\n{RetrievalTool.Description}\n{RetrievalTool.ParametersSchema}"), LedgerBlockKind.ToolDeclaration));

    private readonly ConditionalWeakTable<AITool, LedgerBlock> _tools = [];

    /// <summary>The blocks of a request.</summary>
    /// <param name="tools">The tools as handed in.</param>
    /// <param name="map">The messages as handed in.</param>
    /// <param name="outcomes">What is sent instead; <see langword="null"/> when all is sent as handed in.</param>
    /// <param name="declares">Whether the retrieval tool is declared.</param>
    /// <param name="answersRetrieval">Whether calls of a tool of its name are ours.</param>
    public List<LedgerBlock> Read(IList<AITool>? tools, ConversationMap map, IReadOnlyList<ItemOutcome>? outcomes, bool declares, bool answersRetrieval)
    {
        List<LedgerBlock> blocks = new(map.Nodes.Count + map.Items.Count);
        foreach (AITool tool in tools ?? []) blocks.Add(_tools.GetValue(tool, t => LedgerBlock.Same(memo.Block(TextOf(t)))));
        if (declares) blocks.Add(_retrievalTool.Value);
        int item = 0;
        for (int n = 0; n < map.Nodes.Count; n++)
        {
            MessageNode node = map.Nodes[n];
            MessageBlocks? known = node.Blocks;
            if (known?.AreFor(outcomes, item, answersRetrieval) != true) node.Blocks = known = BlocksOf(node, outcomes, item, answersRetrieval);
            foreach (LedgerBlock block in known.Blocks) blocks.Add(block);
            item += node.Items.Length;
        }

        return blocks;
    }

    /// <summary>Messages that are only there because something was retrieved.</summary>
    public IEnumerable<LedgerBlock> ReadRetrieval(IEnumerable<ChatMessage> messages) =>
        messages.SelectMany(m => m.Contents).Select(ContentText.Of).Where(t => t is { Length: > 0 }).Select(t => LedgerBlock.Added(memo.Block(t!), LedgerBlockKind.Retrieval));

    /// <summary>Tokens of calls.</summary>
    public int Count(IEnumerable<FunctionCallContent> calls) => calls.Sum(c => memo.Block(ContentText.Of(c)).Tokens);

    private MessageBlocks BlocksOf(MessageNode node, IReadOnlyList<ItemOutcome>? outcomes, int first, bool answersRetrieval)
    {
        List<LedgerBlock> blocks = [];
        int item = first;
        foreach (ReadContent content in node.Contents)
        {
            for (int i = 0; i < content.Items.Length; i++, item++)
            {
                bool isAnswer = answersRetrieval && IsOurs(content.Items[i].ToolName);
                blocks.Add(isAnswer ? LedgerBlock.Added(memo.Block(content.Items[i].Text), LedgerBlockKind.Retrieval) : BlockOf(content, i, outcomes?[item]));
            }

            if (content is { Items.Length: 0, Text: { Length: > 0 } text })
                blocks.Add(answersRetrieval && content is ReadCall call && IsOurs(call.Name) ? LedgerBlock.Added(memo.Block(text), LedgerBlockKind.Retrieval) : LedgerBlock.Same(memo.Block(text)));
        }

        return new MessageBlocks(outcomes is null ? null : [.. outcomes.Skip(first).Take(node.Items.Length)], answersRetrieval, [.. blocks]);
    }

    private static bool IsOurs(string? tool) => string.Equals(tool, RetrievalTool.Name, StringComparison.Ordinal);

    private LedgerBlock BlockOf(ReadContent content, int item, ItemOutcome? outcome)
    {
        string original = content.Items[item].Text, inflated = content.InflatedText(item);
        LedgerBlockKind kind = content.IsSent ? LedgerBlockKind.Item : LedgerBlockKind.Other;
        if (outcome is null) return LedgerBlock.Same(memo.Block(inflated), kind);
        PromptBlock without = ReferenceEquals(inflated, original) ? PromptBlock.Of(original, outcome.TokensBefore) : memo.Block(inflated);
        return kind == LedgerBlockKind.Other || string.Equals(outcome.Text, inflated, StringComparison.Ordinal)
            ? LedgerBlock.Same(without, kind)
            : new LedgerBlock(without, PromptBlock.Of(outcome.Text, outcome.TokensAfter), kind, memo.MarkerTokens(outcome));
    }

    private static string TextOf(AITool tool) => tool is AIFunctionDeclaration function
        ? $"{function.Name}\n{function.Description}\n{(function.JsonSchema.ValueKind == JsonValueKind.Undefined ? "" : CompactJson.Write(function.JsonSchema))}"
        : $"{tool.Name}\n{tool.Description}";
}
