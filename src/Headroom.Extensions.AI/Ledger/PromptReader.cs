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
    private static readonly string s_retrievalTool = $"{RetrievalTool.Name}\n{RetrievalTool.Description}\n{RetrievalTool.ParametersSchema}";

    private readonly ConditionalWeakTable<AITool, object> _tools = [];

    /// <summary>The blocks of a request.</summary>
    /// <param name="messages">The messages as handed in.</param>
    /// <param name="tools">The tools as handed in.</param>
    /// <param name="map">Where the items stand in them.</param>
    /// <param name="outcomes">What is sent instead; <see langword="null"/> when all is sent as handed in.</param>
    /// <param name="declares">Whether the retrieval tool is declared.</param>
    /// <param name="answersRetrieval">Whether calls of a tool of its name are ours.</param>
    public List<LedgerBlock> Read(
        IReadOnlyList<ChatMessage> messages, IEnumerable<AITool>? tools, ConversationMap map, IReadOnlyList<ItemOutcome>? outcomes, bool declares, bool answersRetrieval)
    {
        List<LedgerBlock> blocks = [];
        foreach (AITool tool in tools ?? []) blocks.Add(LedgerBlock.Same((PromptBlock)_tools.GetValue(tool, t => memo.Block(TextOf(t)))));
        if (declares) blocks.Add(LedgerBlock.Added(memo.Block(s_retrievalTool), LedgerBlockKind.ToolDeclaration));
        int item = 0;
        for (; item < map.Items.Count && map.IsInstructions(item); item++) blocks.Add(BlockOf(map, outcomes, item));
        for (int m = 0; m < messages.Count; m++)
        {
            for (int c = 0; c < messages[m].Contents.Count; c++)
            {
                int first = item;
                for (; item < map.Items.Count && map.IsAt(item, m, c); item++)
                {
                    bool isAnswer = answersRetrieval && string.Equals(map.Items[item].ToolName, RetrievalTool.Name, StringComparison.Ordinal);
                    blocks.Add(isAnswer ? LedgerBlock.Added(memo.Block(map.Items[item].Text), LedgerBlockKind.Retrieval) : BlockOf(map, outcomes, item));
                }

                if (item == first && TextOf(messages[m].Contents[c]) is { Length: > 0 } text)
                    blocks.Add(answersRetrieval && IsRetrievalCall(messages[m].Contents[c]) ? LedgerBlock.Added(memo.Block(text), LedgerBlockKind.Retrieval) : LedgerBlock.Same(memo.Block(text)));
            }
        }

        return blocks;
    }

    /// <summary>Messages that are only there because something was retrieved.</summary>
    public IEnumerable<LedgerBlock> ReadRetrieval(IEnumerable<ChatMessage> messages) =>
        messages.SelectMany(m => m.Contents).Select(TextOf).Where(t => t is { Length: > 0 }).Select(t => LedgerBlock.Added(memo.Block(t!), LedgerBlockKind.Retrieval));

    /// <summary>Tokens of calls.</summary>
    public int Count(IEnumerable<FunctionCallContent> calls) => calls.Sum(c => memo.Block(TextOf(c)!).Tokens);

    private static bool IsRetrievalCall(AIContent content) => content is FunctionCallContent call && string.Equals(call.Name, RetrievalTool.Name, StringComparison.Ordinal);

    private LedgerBlock BlockOf(ConversationMap map, IReadOnlyList<ItemOutcome>? outcomes, int item)
    {
        string original = map.Items[item].Text, inflated = map.InflatedText(item);
        LedgerBlockKind kind = map.IsSent(item) ? LedgerBlockKind.Item : LedgerBlockKind.Other;
        if (outcomes is null) return LedgerBlock.Same(memo.Block(inflated), kind);
        ItemOutcome outcome = outcomes[item];
        PromptBlock without = ReferenceEquals(inflated, original) ? PromptBlock.Of(original, outcome.TokensBefore) : memo.Block(inflated);
        return kind == LedgerBlockKind.Other || string.Equals(outcome.Text, inflated, StringComparison.Ordinal)
            ? LedgerBlock.Same(without, kind)
            : new LedgerBlock(without, PromptBlock.Of(outcome.Text, outcome.TokensAfter), kind, memo.MarkerTokens(outcome));
    }

    private static string TextOf(AITool tool) => tool is AIFunctionDeclaration function
        ? $"{function.Name}\n{function.Description}\n{(function.JsonSchema.ValueKind == JsonValueKind.Undefined ? "" : CompactJson.Write(function.JsonSchema))}"
        : $"{tool.Name}\n{tool.Description}";

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => TextOf(call),
        FunctionResultContent { Result: string or JsonElement or bool or int or long or double } result => result.Result.ToString(),
        _ => null,
    };

    private static string TextOf(FunctionCallContent call)
    {
#pragma warning disable CA1031 // Arguments the serialiser cannot write are the adapter's affair; the name is counted.
        try
        {
            return call.Arguments is { Count: > 0 } arguments ? call.Name + CompactJson.WriteArguments(arguments) : call.Name;
        }
        catch (Exception)
        {
            return call.Name;
        }
#pragma warning restore CA1031
    }
}
