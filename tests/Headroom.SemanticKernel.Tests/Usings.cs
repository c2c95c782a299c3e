global using Headroom.TestSupport;
global using Microsoft.Extensions.AI;
global using Microsoft.SemanticKernel;
global using Microsoft.SemanticKernel.ChatCompletion;
global using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
global using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;
global using TextContent = Microsoft.Extensions.AI.TextContent;
