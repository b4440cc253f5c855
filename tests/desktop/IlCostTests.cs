using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using MeshNode.IlCost;
using nanoFramework.TestFramework;

namespace MeshNode
{
    /// <summary>
    /// What the hot operations cost on the interpreter: executed IL instructions and allocations. Exact, so the limits hold on any
    /// machine.
    /// </summary>
    [TestClass]
    public class IlCostTests
    {
        private static readonly OperationCosts s_costs = new OperationCosts(AppContext.BaseDirectory);

        [TestMethod]
        [DataRow("AES block", 1390)]
        [DataRow("CMAC 16", 1620)]
        [DataRow("CMAC 33", 4200)]
        [DataRow("CMAC 65", 6900)]
        [DataRow("CCM encrypt 380", 61000)]
        [DataRow("CCM decrypt 380", 61000)]
        [DataRow("network unsecure 29", 8000)]
        [DataRow("network secure 29", 8000)]
        [DataRow("network receive 29", 8200)]
        [DataRow("relay step 29", 16800)]
        [DataRow("duplicate refused", 100)]
        [DataRow("foreign NID refused", 100)]
        public void HotOperation_StaysBelowItsLimitAndAllocatesNothing(string name, int limit)
        {
            Cost cost = s_costs.Measure(name);

            OutputHelper.WriteLine($"{name}: {cost.Instructions} of {limit}");
            Assert.IsTrue(cost.Instructions <= limit, $"{name}: {cost.Instructions} of {limit}");
            Assert.AreEqual(0L, cost.Allocations);
        }

        [TestMethod]
        public void KeyExpansion_AllocatesItsObjectOnly()
        {
            Cost cost = s_costs.Measure("AES key expansion");

            Assert.IsTrue(cost.Instructions <= 1000, cost.ToString());
            Assert.AreEqual(2L, cost.Allocations);
        }

        [TestMethod]
        public void Baseline_IsCountedAsWell()
        {
            Assert.IsTrue(s_costs.Measure("AES block, bytewise").Instructions > 10000);
        }

        [TestMethod]
        public void Measure_CountsLoopsSwitchesAndHandlers()
        {
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".dll");

            WriteSample(path);

            try
            {
                CountedAssemblies assemblies = new CountedAssemblies(path);
                Type type = assemblies["Sample"].GetType("Sample");

                Check(assemblies, type, "Empty", 0, 1, 0);
                // Two before, five per round, three for each test, ret.
                Check(assemblies, type, "Loop", 0, 2 + 3 + 1, 0);
                Check(assemblies, type, "Loop", 5, 2 + 5 * 5 + 6 * 3 + 1, 0);
                // switch jumps: ldarg, switch, ldc, ret; it falls through: one br more.
                Check(assemblies, type, "Switch", 0, 4, 0);
                Check(assemblies, type, "Switch", 1, 4, 0);
                Check(assemblies, type, "Switch", 2, 5, 0);
                // ldc, stsfld, leave, [finally: ldc, stsfld, endfinally], ret.
                Check(assemblies, type, "Finally", 0, 7, 0);
                // newobj, throw, [catch: pop, leave], ret.
                Check(assemblies, type, "Catch", 0, 5, 1);
                // ceq has a two-octet code: ldarg, ldarg, ceq (2), pop, ldc, newarr, pop, ldarg, box, pop, ldstr, pop, ret.
                Check(assemblies, type, "Allocate", 0, 14, 3);
            }
            finally
            {
                File.Delete(path);
            }
        }

        private static void Check(CountedAssemblies assemblies, Type type, string method, int argument, long instructions, long allocations)
        {
            Action<int> action = type.GetMethod(method).CreateDelegate<Action<int>>();
            Cost cost = assemblies.Measure(() => action(argument));

            Assert.AreEqual(instructions, cost.Instructions, method);
            Assert.AreEqual(allocations, cost.Allocations, method);
        }

        private static void WriteSample(string path)
        {
            PersistedAssemblyBuilder assembly = new PersistedAssemblyBuilder(new AssemblyName("Sample"), typeof(object).Assembly);
            TypeBuilder type = assembly.DefineDynamicModule("Sample").DefineType("Sample", TypeAttributes.Public);
            FieldBuilder field = type.DefineField("s_field", typeof(int), FieldAttributes.Public | FieldAttributes.Static);

            ILGenerator empty = Method(type, "Empty");
            empty.Emit(OpCodes.Ret);

            ILGenerator loop = Method(type, "Loop");
            Label test = loop.DefineLabel();
            Label body = loop.DefineLabel();
            loop.DeclareLocal(typeof(int));
            loop.Emit(OpCodes.Nop);
            loop.Emit(OpCodes.Br_S, test);
            loop.MarkLabel(body);
            loop.Emit(OpCodes.Nop);
            loop.Emit(OpCodes.Ldloc_0);
            loop.Emit(OpCodes.Ldc_I4_1);
            loop.Emit(OpCodes.Add);
            loop.Emit(OpCodes.Stloc_0);
            loop.MarkLabel(test);
            loop.Emit(OpCodes.Ldloc_0);
            loop.Emit(OpCodes.Ldarg_0);
            loop.Emit(OpCodes.Blt_S, body);
            loop.Emit(OpCodes.Ret);

            ILGenerator choice = Method(type, "Switch");
            Label first = choice.DefineLabel();
            Label second = choice.DefineLabel();
            Label other = choice.DefineLabel();
            Label end = choice.DefineLabel();
            choice.Emit(OpCodes.Ldarg_0);
            choice.Emit(OpCodes.Switch, new[] { first, second });
            choice.Emit(OpCodes.Br_S, other);
            choice.MarkLabel(first);
            choice.Emit(OpCodes.Nop);
            choice.Emit(OpCodes.Ret);
            choice.MarkLabel(second);
            choice.Emit(OpCodes.Nop);
            choice.Emit(OpCodes.Ret);
            choice.MarkLabel(other);
            choice.Emit(OpCodes.Nop);
            choice.MarkLabel(end);
            choice.Emit(OpCodes.Ret);

            ILGenerator final = Method(type, "Finally");
            final.BeginExceptionBlock();
            final.Emit(OpCodes.Ldc_I4_1);
            final.Emit(OpCodes.Stsfld, field);
            final.BeginFinallyBlock();
            final.Emit(OpCodes.Ldc_I4_2);
            final.Emit(OpCodes.Stsfld, field);
            final.EndExceptionBlock();
            final.Emit(OpCodes.Ret);

            ILGenerator handler = Method(type, "Catch");
            handler.BeginExceptionBlock();
            handler.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor(Type.EmptyTypes));
            handler.Emit(OpCodes.Throw);
            handler.BeginCatchBlock(typeof(InvalidOperationException));
            handler.Emit(OpCodes.Pop);
            handler.EndExceptionBlock();
            handler.Emit(OpCodes.Ret);

            ILGenerator allocate = Method(type, "Allocate");
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Ceq);
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldc_I4_3);
            allocate.Emit(OpCodes.Newarr, typeof(int));
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldarg_0);
            allocate.Emit(OpCodes.Box, typeof(int));
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ldstr, "text");
            allocate.Emit(OpCodes.Pop);
            allocate.Emit(OpCodes.Ret);

            type.CreateType();
            assembly.Save(path);
        }

        private static ILGenerator Method(TypeBuilder type, string name)
        {
            return type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), new[] { typeof(int) }).GetILGenerator();
        }
    }
}
