// A kernel whose model calls functions, each of which returns much: objects, a log, a handbook. No key and no network: the model's side
// is scripted (ScriptedModel.cs), everything else is what a real application would run.
using Headroom.Economics;
using Headroom.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using SemanticKernelSample;

const string Question = "The 07:40 sailing was cancelled. Why, and do its passengers get a voucher?";
const string Decisive = "pump 2 has seized, shaft does not turn by hand; no spare on board; technical fault";

using var model = new ScriptedModel();
var watch = new Watch();

IKernelBuilder builder = Kernel.CreateBuilder();
builder.Services.AddSingleton(_ => new ChatClientBuilder(model).UseKernelFunctionInvocation().Build()); // or a connector's builder.Add…ChatClient(…)
builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(watch);
builder.Plugins.AddFromType<Desk>("desk");
builder.AddHeadroom();                                  // this line is Headroom
Kernel kernel = builder.Build();

var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
FunctionResult answer = await kernel.InvokePromptAsync(Question, new KernelArguments(settings));

O200kTokenCounter tokens = O200kTokenCounter.Instance;
Console.WriteLine("function             returned      sent   the model reads");
foreach ((string name, string text) in model.Read)
{
    string function = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..];
    Console.WriteLine($"{name,-18} {watch.Returned[function],10:N0} {tokens.Count(text),9:N0}   {FirstLine(text)}");
}

LedgerFigures ledger = kernel.GetRequiredService<IHeadroomLedger>().Snapshot().Compressed;
Console.WriteLine();
Console.WriteLine($"the ledger           {ledger.TouchedItems.Before:N0} tokens of results became {ledger.TouchedItems.Sent:N0}, each sent again with every later request");
bool survived = model.Read.Values.Any(text => text.Contains(Decisive, StringComparison.Ordinal)) && answer.ToString().Contains("seized", StringComparison.Ordinal);
Console.WriteLine($"the decisive line    {(survived ? "is in what the model read" : "IS LOST")}: {Decisive}");
Console.WriteLine($"the answer           {answer}");
return survived ? 0 : 1;

static string FirstLine(string text)
{
    string line = text.Split('\n', 2)[0].TrimEnd('\r');
    return line.Length <= 90 ? line : line[..87] + "...";
}
