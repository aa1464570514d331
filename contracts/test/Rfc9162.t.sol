// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerTypes} from "../LedgerTypes.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Proofs that are right for a tree of another size. Roots do not reveal their size, so a log operator may claim any;
/// the verifiers must then notice that path and size do not fit. Each of these passes when one `sn` test is left out.
contract Rfc9162Test is TestBase {
    function claim(uint64 oldSize, uint64 newSize, bytes32 root, bytes32[] memory proof) private {
        vm.prank(ANCHORER);
        ledger.extendLog(oldSize, newSize, root, proof);
    }

    function refuse(uint64 oldSize, uint64 newSize, bytes32 root, bytes32[] memory proof) private {
        vm.prank(ANCHORER);
        vm.expectRevert(LedgerTypes.InvalidConsistencyProof.selector);
        ledger.extendLog(oldSize, newSize, root, proof);
    }

    function test_inclusion_path_too_short_for_the_size() public {
        bytes32[] memory two = commitments(2);
        claim(0, 4, tree.root(two), new bytes32[](0));
        vm.assertFalse(ledger.verifyInclusion(commitment(0), 0, 0, tree.inclusion(two, 0)));
    }

    function test_inclusion_path_too_long_for_the_size() public {
        bytes32[] memory four = commitments(4);
        claim(0, 2, tree.root(four), new bytes32[](0));
        vm.assertFalse(ledger.verifyInclusion(commitment(3), 1, 0, tree.inclusion(four, 3)));
    }

    function test_inclusion_index_at_the_size() public {
        bytes32[] memory one = commitments(1);
        claim(0, 1, tree.root(one), new bytes32[](0));
        vm.assertTrue(ledger.verifyInclusion(commitment(0), 0, 0, new bytes32[](0)));
        vm.assertFalse(ledger.verifyInclusion(commitment(0), 1, 0, new bytes32[](0)));
    }

    function test_consistency_path_too_short_for_the_size() public {
        bytes32[] memory four = commitments(4);
        anchor(0, 2);
        refuse(2, 8, tree.root(four), tree.consistency(four, 2));
    }

    function test_consistency_path_too_long_for_the_size() public {
        bytes32[] memory eight = commitments(8);
        claim(0, 3, tree.root(commitments(7)), new bytes32[](0));
        refuse(3, 4, tree.root(eight), tree.consistency(eight, 7));
    }

    function test_consistency_needs_a_path() public {
        bytes32 three = tree.root(commitments(3));
        bytes32 four = tree.root(commitments(4));
        anchor(0, 3);
        refuse(3, 5, three, new bytes32[](0));
        refuse(3, 4, four, new bytes32[](0));
        bytes32[] memory proof = tree.consistency(commitments(4), 3);
        claim(3, 4, four, proof);
        refuse(4, 5, four, new bytes32[](0));
    }
}
